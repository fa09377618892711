import Fingerprints
public import Foundation
import Molecules
public import Provenance

/// A compound library opened for reading: segments mapped into memory, deleted rows left out.
///
/// A row number counts through all segments and never changes while the library is open.
public struct Library: Sendable {
  /// Where the library lies.
  public let folder: URL
  /// What decided its contents.
  public let options: LibraryOptions
  /// How many records went where when it was built.
  public let counts: LibraryCounts
  /// The files it was built from.
  public let inputs: [LibraryInput]
  /// The segments in order.
  public let segments: [Segment]
  /// The row at which each segment begins.
  public let starts: [Int]
  /// The digest of the manifest, which names the digest of every other file: it stands for the
  /// whole contents.
  public let digest: Digest
  private let deleted: RowSet
  private let segmentDigests: [Digest]

  /// Opens the library in `folder`.
  ///
  /// Headers and lengths are checked at once; ``verify()`` reads everything and checks digests.
  /// Texts and lines of a damaged library can be read without harm, but only a verified one may be
  /// searched: the search trusts the stored popcounts.
  public init(at folder: URL) throws(LibraryError) {
    let manifest = try LibraryManifest.read(in: folder)
    guard manifest.progress == nil, let deletedEntry = manifest.deleted else {
      throw .unfinished(path: folder.path)
    }
    self.folder = folder
    options = manifest.options
    counts = manifest.counts
    inputs = manifest.inputs
    segmentDigests = manifest.segments.map(\.digest)
    var segments: [Segment] = []
    var starts: [Int] = []
    var rows = 0
    for entry in manifest.segments {
      let segment = try Segment(at: folder.appending(path: entry.file))
      guard segment.rows == entry.rows else {
        throw .damaged(file: entry.file, reason: "it has \(segment.rows) rows, not \(entry.rows)")
      }
      guard segment.fingerprints.bitCount == manifest.options.fingerprint.wordCount * 64 else {
        throw .damaged(file: entry.file, reason: "its fingerprints have another width")
      }
      starts.append(rows)
      rows += segment.rows
      segments.append(segment)
    }
    self.segments = segments
    self.starts = starts
    let deletedURL = folder.appending(path: deletedEntry.file)
    guard let bytes = try? MappedBytes(path: deletedURL.path),
      bytes.digest() == deletedEntry.digest,
      let deleted = RowSet(rows: rows, bytes: bytes)
    else { throw .damaged(file: deletedEntry.file, reason: "it does not fit the library") }
    self.deleted = deleted
    do {
      digest = try Digest(ofFileAt: folder.appending(path: LibraryManifest.fileName))
    } catch { throw .damaged(file: LibraryManifest.fileName, reason: "it cannot be read") }
  }

  /// Rows of all segments, deleted ones included.
  public var rows: Int { deleted.rows }
  /// Compounds that count.
  public var count: Int { deleted.rows - deleted.count }

  /// Whether the row was deleted, as a duplicate or by request.
  public func isDeleted(_ row: Int) -> Bool { deleted.contains(row) }

  /// The segment of a row and the row's place in it.
  /// - Complexity: O(log segments)
  public func locate(_ row: Int) -> (segment: Segment, row: Int) {
    precondition(row >= 0 && row < rows, "row \(row) of \(rows)")
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= row { low = middle } else { high = middle }
    }
    return (segments[low], row - starts[low])
  }

  /// The identifier of a row.
  public func id(_ row: Int) -> String {
    let (segment, local) = locate(row)
    return segment.id(local)
  }

  /// The standardised canonical SMILES of a row.
  public func smiles(_ row: Int) -> String {
    let (segment, local) = locate(row)
    return segment.smiles(local)
  }

  /// Reads every segment and compares its digest with the one noted at its writing.
  public func verify() throws(LibraryError) {
    for (segment, digest) in zip(segments, segmentDigests) { try segment.verify(digest) }
  }
}
