import Entities
import Fingerprints
import Foundation
import Molecules
public import Provenance

/// What a library holds, written anew (whole or not at all) whenever that changes.
struct LibraryManifest: Codable, Hashable, Sendable {
  static let fileName = "library.json"
  static let currentFormat = 1

  /// One immutable file.
  struct SegmentEntry: Codable, Hashable, Sendable {
    let file: String
    let rows: Int
    let digest: Digest
  }

  var format = LibraryManifest.currentFormat
  var madeBy = CodeVersion.current
  var options: LibraryOptions
  /// The columns that were asked for; nil where they were found by their usual names.
  var columns: LibraryColumns?
  var inputs: [LibraryInput]
  var segments: [SegmentEntry] = []
  /// Which rows no longer count; nil while the build is under way.
  var deleted: SegmentEntry?
  /// How far an unfinished build has come; nil when the library is finished.
  var progress: BuildProgressMark?
  var counts = LibraryCounts()
  /// The digest of the manifest without this entry; nil in libraries of before there was one.
  var seal: Digest?

  static func read(in folder: URL) throws(LibraryError) -> LibraryManifest {
    let url = folder.appending(path: fileName)
    let files = FileManager.default
    guard files.fileExists(atPath: folder.path) else { throw .notFound(path: folder.path) }
    guard files.fileExists(atPath: url.path) else { throw .notALibrary(path: folder.path) }
    struct FormatOnly: Decodable { let format: Int }
    guard let data = try? Data(contentsOf: url),
      let format = try? JSONDecoder().decode(FormatOnly.self, from: data).format
    else { throw .damaged(file: fileName, reason: "it cannot be read") }
    guard format <= currentFormat else {
      throw .newerFormat(found: format, known: currentFormat)
    }
    guard let manifest = try? JSONDecoder().decode(LibraryManifest.self, from: data) else {
      throw .damaged(file: fileName, reason: "it cannot be read")
    }
    if let seal = manifest.seal, seal != (try? manifest.unsealed()) {
      throw .damaged(file: fileName, reason: "its digest is not the one noted at its writing")
    }
    guard (1...Fingerprint.maximumBitCount).contains(manifest.options.fingerprint.bitCount),
      manifest.options.segmentRows > 0
    else { throw .damaged(file: fileName, reason: "its options make no sense") }
    return manifest
  }

  func write(in folder: URL) throws {
    var sealed = self
    sealed.seal = try unsealed()
    try AtomicFile.write(
      try sealed.encoded(), to: folder.appending(path: LibraryManifest.fileName))
  }

  private func unsealed() throws -> Digest {
    var bare = self
    bare.seal = nil
    return Digest(of: try bare.encoded())
  }

  private func encoded() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return try encoder.encode(self)
  }
}

/// One input file of a library: its name without folders, and its digest.
public struct LibraryInput: Codable, Hashable, Sendable {
  /// The file's name.
  public let name: String
  /// The digest of its bytes as they lie on disk; nil for standard input.
  public let digest: Digest?
}

/// How many records went where.
public struct LibraryCounts: Codable, Hashable, Sendable {
  /// Records read from the inputs.
  public var read = 0
  /// Compounds that can be searched and screened.
  public var kept = 0
  /// Refused records by the refusal's code.
  public var refused: [String: Int] = [:]

  mutating func count(_ refusal: Refusal) { refused[refusal.code, default: 0] += 1 }
}

/// The point up to which a build's work is safe on disk.
struct BuildProgressMark: Codable, Hashable, Sendable {
  /// The input being read, by its place in the list.
  var input: Int
  /// How many of its records are done.
  var records: Int
  /// How many bytes of the refusals file belong to them.
  var refusalBytes: Int
}

/// The columns a build was told to read.
struct LibraryColumns: Codable, Hashable, Sendable {
  let structure: String?
  let id: String?
  let hasHeader: Bool?

  /// Nil for columns found by their usual names.
  init?(_ columns: ColumnSelection) {
    if columns == .automatic { return nil }
    structure = columns.structure.map(Self.text)
    id = columns.id.map(Self.text)
    hasHeader = columns.hasHeader
  }

  private static func text(_ column: ColumnSelection.Column) -> String {
    switch column {
    case .named(let name): "named \(name)"
    case .position(let position): "position \(position)"
    }
  }
}
