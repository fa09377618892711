public import Foundation
public import Provenance

/// What a model folder says of itself: what was trained, and which files it has.
struct ModelManifest: Codable {
  /// The version of this layout; a later one is refused.
  var format: Int
  var recipe: ModelRecipe
  var tasks: [LearningTask]
  var scalings: [TaskScaling]
  /// The digest of every other file, by its name.
  var files: [String: Digest]
}

extension TrainedModel {
  /// The file that names all others.
  public static let manifestFile = "recipe.json"
  /// Where what was learnt lies in the folder.
  private static let ownFolder = "model"
  /// The version of a folder's layout.
  public static let format = 1
  /// The largest file that is read.
  public static let byteLimit = 2 << 30

  /// Writes all files into a folder that exists.
  public func write(into folder: URL) throws { try write(into: folder, with: ModelFiles()) }

  /// The same with files of others beside its own.
  func write(into folder: URL, with others: ModelFiles) throws {
    var files = others
    files.add(try fitted.files(), under: Self.ownFolder)
    for (name, data) in files.bytes.sorted(by: { $0.key < $1.key }) {
      let url = folder.appending(path: name)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try AtomicFile.write(data, to: url)
    }
    // Last, so that a folder with a manifest has all its files.
    try StableJSON.write(
      ModelManifest(
        format: Self.format, recipe: recipe, tasks: tasks, scalings: scalings,
        files: files.bytes.mapValues { Digest(of: $0) }),
      to: folder.appending(path: Self.manifestFile))
  }

  /// Reads a folder; nothing in it is trusted.
  public init(at folder: URL) throws { self = try Self.read(folder).model }

  /// Reads a folder, and the files of others in it.
  static func read(_ folder: URL) throws -> (model: TrainedModel, others: ModelFiles) {
    let manifest = try manifest(at: folder)
    var files: [String: Data] = [:]
    for (name, digest) in manifest.files {
      guard isPlain(name) else {
        throw ModelError.damaged(file: manifestFile, reason: "it names a file \(name)")
      }
      let data = try read(name, in: folder)
      guard Digest(of: data) == digest else {
        throw ModelError.damaged(file: name, reason: "its digest is not the model's")
      }
      files[name] = data
    }
    let all = ModelFiles(files)
    let model = TrainedModel(
      recipe: manifest.recipe, tasks: manifest.tasks, scalings: manifest.scalings,
      fitted: try fitted(manifest.recipe.family, all.part(ownFolder), manifest.tasks))
    return (model, all)
  }

  /// Stands for the whole model: its manifest holds every other file's digest.
  public static func manifestDigest(of folder: URL) throws -> Digest {
    try Digest(ofFileAt: folder.appending(path: manifestFile))
  }

  private static func manifest(at folder: URL) throws -> ModelManifest {
    guard FileManager.default.fileExists(atPath: folder.appending(path: manifestFile).path) else {
      throw ModelError.notFound(path: folder.path)
    }
    struct Version: Decodable { var format: Int }
    let data = try read(manifestFile, in: folder)
    guard let version = try? StableJSON.decode(Version.self, from: data) else {
      throw ModelError.damaged(file: manifestFile, reason: "it has no format number")
    }
    guard version.format == format else {
      throw ModelError.damaged(
        file: manifestFile,
        reason: "its format is \(version.format), this program reads \(format)")
    }
    let manifest: ModelManifest
    do { manifest = try StableJSON.decode(ModelManifest.self, from: data) } catch {
      throw ModelError.damaged(file: manifestFile, reason: text(of: error))
    }
    let scalings = manifest.scalings
    guard !manifest.tasks.isEmpty, manifest.tasks.count == scalings.count,
      scalings.allSatisfy({ $0.mean.isFinite && $0.deviation > 0 && $0.deviation.isFinite })
    else {
      throw ModelError.damaged(file: manifestFile, reason: "its tasks and scalings do not fit")
    }
    return manifest
  }

  /// A file's bytes, where it is not too large.
  static func read(_ name: String, in folder: URL) throws(ModelError) -> Data {
    let url = folder.appending(path: name)
    let size = (try? url.resourceValues(forKeys: [.fileSizeKey]))?.fileSize ?? 0
    guard size <= byteLimit else { throw .damaged(file: name, reason: "it has \(size) bytes") }
    do { return try Data(contentsOf: url) } catch {
      throw .damaged(file: name, reason: "it cannot be read")
    }
  }

  /// Whether a name stays in the folder: words of letters, digits, dots and dashes.
  private static func isPlain(_ name: String) -> Bool {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    return (1...8).contains(parts.count)
      && parts.allSatisfy { part in
        guard let first = part.utf8.first, first != UInt8(ascii: ".") else { return false }
        return part.utf8.allSatisfy { byte in
          switch byte {
          case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "-"), UInt8(ascii: "."):
            true
          default: false
          }
        }
      }
  }

  private static func text(of error: any Error) -> String {
    guard case DecodingError.dataCorrupted(let context) = error else {
      return "it is not the JSON that was written"
    }
    return context.debugDescription
  }
}
