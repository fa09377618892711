public import Foundation
public import Provenance

/// Trained pieces of a training, kept on disk until the whole is finished.
///
/// A piece is a model of some rows, such as one member without one fold. It is read again as any
/// model is, so that a training that was interrupted ends with the weights it would have had.
public struct PieceStore: Sendable {
  private let folder: URL

  /// Opens the store of one training; pieces of any other in the same folder are removed.
  ///
  /// - Parameter key: stands for everything that decides what is trained.
  public init(in workFolder: URL, key: Digest) throws {
    folder = workFolder.appending(path: "pieces-\(key.short)")
    let files = FileManager.default
    try files.createDirectory(at: workFolder, withIntermediateDirectories: true)
    for name in try files.contentsOfDirectory(atPath: workFolder.path)
    where name.hasPrefix("pieces-") && name != folder.lastPathComponent {
      try files.removeItem(at: workFolder.appending(path: name))
    }
    try files.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func url(_ path: [Int]) -> URL {
    folder.appending(path: path.map(String.init).joined(separator: ".") + ".piece")
  }

  /// The digest of the files, so that a damaged piece is made again.
  private struct Sealed: Codable {
    var files: [String: Data]
    var digests: [String: Digest]
  }

  /// A piece that was kept whole; nil for none.
  func piece(_ path: [Int]) -> ModelFiles? {
    guard let data = try? Data(contentsOf: url(path)),
      let sealed = try? PropertyListDecoder().decode(Sealed.self, from: data),
      sealed.digests == sealed.files.mapValues({ Digest(of: $0) })
    else { return nil }
    return ModelFiles(sealed.files)
  }

  /// Keeps a piece.
  func keep(_ files: ModelFiles, _ path: [Int]) throws {
    let encoder = PropertyListEncoder()
    encoder.outputFormat = .binary
    let sealed = Sealed(files: files.bytes, digests: files.bytes.mapValues { Digest(of: $0) })
    try AtomicFile.write(try encoder.encode(sealed), to: url(path))
  }
}
