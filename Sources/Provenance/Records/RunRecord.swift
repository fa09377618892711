public import Foundation

/// What made a result folder, and enough to make it again: the content of `run.json`.
///
/// Two runs with the same input, seed and version write the same bytes, so nothing here may depend
/// on the clock, the machine, the number of threads or where the folders stand: those things are
/// in ``RunTiming``.
public struct RunRecord: Codable, Hashable, Sendable {
  /// The verb of the command line, such as `screen`.
  public var verb: String
  /// The options that decide the result, by name, with file names but no folders.
  public var options: [String: String]
  /// The seed of all random numbers; nil where none were drawn.
  public var seed: UInt64?
  /// The code that ran.
  public var codeVersion: String
  /// The files and libraries that were read.
  public var inputs: [Artifact]
  /// The models that were used or made.
  public var models: [Artifact]
  /// The files that were written, apart from this record.
  public var outputs: [Artifact]
  /// How many records were read, refused, filtered, kept, by name.
  public var counts: [String: Int]

  /// Creates a record.
  public init(
    verb: String, options: [String: String] = [:], seed: UInt64? = nil,
    codeVersion: String = CodeVersion.current, inputs: [Artifact] = [], models: [Artifact] = [],
    outputs: [Artifact] = [], counts: [String: Int] = [:]
  ) {
    self.verb = verb
    self.options = options
    self.seed = seed
    self.codeVersion = codeVersion
    self.inputs = inputs
    self.models = models
    self.outputs = outputs
    self.counts = counts
  }

  /// The name under which the record stands in a result folder.
  public static let fileName = "run.json"

  /// Writes the record into a result folder.
  public func write(into folder: URL) throws {
    try StableJSON.write(self, to: folder.appending(path: RunRecord.fileName))
  }
}

/// A file or folder that a run read or wrote, known by its digest.
public struct Artifact: Codable, Hashable, Sendable {
  /// The name without its folder.
  public var name: String
  /// The digest of its bytes.
  public var digest: Digest
  /// Its size in bytes; nil where it is no single file.
  public var bytes: Int?

  /// Creates a reference.
  public init(name: String, digest: Digest, bytes: Int? = nil) {
    self.name = name
    self.digest = digest
    self.bytes = bytes
  }

  /// Digests a file.
  public init(fileAt url: URL) throws(FileError) {
    let digest = try Digest(ofFileAt: url)
    let attributes = try? FileManager.default.attributesOfItem(atPath: url.path)
    self.init(
      name: url.lastPathComponent, digest: digest,
      bytes: (attributes?[.size] as? NSNumber)?.intValue)
  }
}
