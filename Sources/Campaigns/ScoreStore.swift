import Foundation
import Provenance

/// Scores of whole segments, kept on disk until their screen is finished.
struct ScoreStore: Sendable {
  private let folder: URL

  /// Opens the store of one library, model and ranking; scores of any other are removed.
  init(in workFolder: URL, key: Digest) throws {
    folder = workFolder.appending(path: "scores-\(key.short)")
    let files = FileManager.default
    try files.createDirectory(at: workFolder, withIntermediateDirectories: true)
    for name in try files.contentsOfDirectory(atPath: workFolder.path)
    where name.hasPrefix("scores-") && name != folder.lastPathComponent {
      try files.removeItem(at: workFolder.appending(path: name))
    }
    try files.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func file(_ segment: Int) -> URL { folder.appending(path: "\(segment).f32") }

  func has(_ segment: Int, rows: Int) -> Bool {
    let size = try? FileManager.default.attributesOfItem(atPath: file(segment).path)[.size]
    return (size as? NSNumber)?.intValue == rows * 4
  }

  func save(_ scores: [Float], _ segment: Int) throws {
    var bytes = Data(capacity: scores.count * 4)
    for score in scores {
      let pattern = score.bitPattern
      for shift in stride(from: UInt32(0), to: 32, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: pattern >> shift))
      }
    }
    try AtomicFile.write(bytes, to: file(segment))
  }

  func load(_ segment: Int) throws -> [Float] {
    let bytes = [UInt8](try Data(contentsOf: file(segment)))
    return stride(from: 0, to: bytes.count - 3, by: 4).map { start in
      var pattern: UInt32 = 0
      for place in 0..<4 { pattern |= UInt32(bytes[start + place]) << UInt32(8 * place) }
      return Float(bitPattern: pattern)
    }
  }

  func discard() {
    try? FileManager.default.removeItem(at: folder.deletingLastPathComponent())
  }
}
