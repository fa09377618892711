import Entities
import Fingerprints
import Foundation
import Provenance

/// What a library holds, written anew (whole or not at all) whenever that changes.
///
/// All other files have names that are never used again for other contents, so an old manifest and
/// new files, or the reverse, cannot be taken for one another.
struct LibraryManifest: Codable, Hashable, Sendable {
  static let fileName = "library.json"
  static let currentFormat = 2

  /// One immutable file.
  struct SegmentEntry: Codable, Hashable, Sendable {
    let file: String
    let rows: Int
    let digest: Digest
  }

  /// The file of deleted rows.
  struct TombstoneEntry: Codable, Hashable, Sendable {
    let file: String
    let count: Int
    let digest: Digest
  }

  var format = LibraryManifest.currentFormat
  var madeBy = CodeVersion.current
  var options: LibraryOptions
  /// Raised whenever other compounds count or other files hold them; 0 until the first build ends.
  var generation = 0
  /// How often compounds were added or removed after the build.
  var edits = 0
  /// What the library was built from.
  var built: LibraryBuild
  /// All inputs that rows came from.
  var inputs: [LibraryInput] = []
  var segments: [SegmentEntry] = []
  /// Which rows no longer count; nil when all do.
  var deleted: TombstoneEntry?
  /// Compounds on their way in, from a run that has not ended.
  var intake: Intake?
  var counts = LibraryCounts()
  /// Rows of `refused.csv` that belong to what is noted here.
  var refusedRows = 0
  /// The number of the next segment file that will count; those of an intake follow from there.
  var nextSegment = 0
  /// The digest of the manifest without this entry.
  var seal: Digest?

  /// Rows of all segments, deleted ones included.
  var rows: Int { segments.reduce(0) { $0 + $1.rows } }

  /// The files that hold the compounds, and their digests.
  var files: [String: Digest] {
    var files: [String: Digest] = [:]
    for entry in segments { files[entry.file] = entry.digest }
    if let deleted { files[deleted.file] = deleted.digest }
    return files
  }

  /// Stands for the compounds, whatever else is noted.
  var contentsDigest: Digest {
    var parts = ["\(options.fingerprint)", "\(options.preparation)"]
    parts += segments.map(\.digest.hex)
    parts.append(deleted?.digest.hex ?? "all")
    return Digest(of: parts.joined(separator: "\n"))
  }

  static func read(in folder: URL) throws(LibraryError) -> LibraryManifest {
    let url = folder.appending(path: fileName)
    let files = FileManager.default
    guard files.fileExists(atPath: folder.path) else { throw .notFound(path: folder.path) }
    guard files.fileExists(atPath: url.path) else { throw .notALibrary(path: folder.path) }
    struct FormatOnly: Decodable { let format: Int }
    let data: Data
    do { data = try Data(contentsOf: url) } catch {
      throw .damaged(file: fileName, reason: "it cannot be read")
    }
    guard let format = try? JSONDecoder().decode(FormatOnly.self, from: data).format else {
      throw .damaged(file: fileName, reason: "it is not the JSON of a library")
    }
    try LibraryError.checkFormat(format, known: currentFormat)
    guard let manifest = try? JSONDecoder().decode(LibraryManifest.self, from: data) else {
      throw .damaged(file: fileName, reason: "it is not the JSON of a library")
    }
    guard let seal = manifest.seal, seal == (try? manifest.unsealed()) else {
      throw .damaged(file: fileName, reason: "its digest is not the one noted at its writing")
    }
    guard manifest.makesSense else {
      throw .damaged(file: fileName, reason: "its numbers make no sense")
    }
    return manifest
  }

  private var makesSense: Bool {
    let files = segments.map(\.file) + [deleted?.file].compactMap { $0 }
    let rows = segments.map(\.rows)
    return (1...Fingerprint.maximumBitCount).contains(options.storedBits)
      && options.segmentRows > 0 && nextSegment >= 0 && refusedRows >= 0
      && rows.allSatisfy { (1...Int(UInt32.max)).contains($0) }
      && (0...self.rows).contains(deleted?.count ?? 0)
      // A file beside the manifest, never one elsewhere.
      && files.allSatisfy { !$0.contains("/") && !$0.isEmpty }
  }

  /// Writes the manifest in the place of the old one.
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
