public import Fingerprints
public import Foundation
import Molecules
public import Provenance

/// A compound library opened for reading: segments mapped into memory, deleted rows left out.
///
/// A row number counts through all segments and never changes while the library is open: whoever
/// edits or compacts the library meanwhile changes the next one that is opened, not this one.
public struct Library: Sendable {
  /// Where the library lies.
  public let folder: URL
  /// What decided its contents.
  public let options: LibraryOptions
  /// How many records went where since it was begun.
  public let counts: LibraryCounts
  /// The files its rows came from.
  public let inputs: [LibraryInput]
  /// Raised by every change.
  public let generation: Int
  /// The fingerprints bit by bit, over all segments: what a similarity search reads.
  ///
  /// Rows are counted as everywhere else; deleted ones are among them, see ``isDeleted(_:)``.
  public let columns: ColumnIndex
  /// The pattern fingerprints bit by bit, over all segments; nil when the library was not built with
  /// ``LibraryOptions/substructureScreen``.
  ///
  /// Rows are counted as in ``columns``.
  public let patternColumns: ColumnIndex?
  /// Stands for the whole contents: it is made of the digest of every file.
  public let digest: Digest
  let list: SegmentList
  let manifest: LibraryManifest
  private let deleted: Tombstones

  init(_ opened: OpenedLibrary) {
    let manifest = opened.manifest
    folder = opened.folder
    let options = manifest.options
    self.options = options
    counts = manifest.counts
    inputs = manifest.inputs
    generation = manifest.generation
    digest = manifest.contentsDigest
    self.manifest = manifest
    let list = opened.list
    self.list = list
    deleted = opened.deleted
    columns = Self.joined(list.segments.map(\.columns), bits: options.storedBits)
    patternColumns = options.patternBits.map { bits in
      Self.joined(list.segments.compactMap(\.patternColumns), bits: bits)
    }
  }

  private static func joined(_ indexes: [ColumnIndex], bits: Int) -> ColumnIndex {
    indexes.isEmpty
      ? ColumnIndex(of: FingerprintArena(bitCount: bits)) : ColumnIndex(joining: indexes)
  }

  /// Stands for the bytes of one segment; those of a segment never change.
  public func digest(ofSegment index: Int) -> Digest { manifest.segments[index].digest }

  /// The segments in order.
  public var segments: [Segment] { list.segments }
  /// The row at which each segment begins.
  public var starts: [Int] { list.starts }
  /// Rows of all segments, deleted ones included.
  public var rows: Int { list.rows }
  /// Rows that no longer count.
  public var deletedCount: Int { manifest.deleted?.count ?? 0 }
  /// Compounds that count.
  public var count: Int { rows - deletedCount }

  /// Whether the row was deleted, as a duplicate or by request.
  public func isDeleted(_ row: Int) -> Bool {
    precondition(row >= 0 && row < rows, "row \(row) of \(rows)")
    return deleted.contains(row)
  }

  /// The segment of a row and the row's place in it.
  /// - Complexity: O(log segments)
  public func locate(_ row: Int) -> (segment: Segment, row: Int) { list.locate(row) }

  /// The identifier of a row.
  public func id(_ row: Int) -> String { list.text(.identifier, row) }

  /// The standardised canonical SMILES of a row.
  public func smiles(_ row: Int) -> String { list.text(.structure, row) }

  /// The input of a row and the line its record began at.
  public func origin(_ row: Int) -> RecordOrigin { list.origin(row) }

  /// The rows of compounds by identifier; nil for one that the library does not have.
  /// - Complexity: O(rows): the keys of all identifiers are read, 4 bytes each.
  public func rows(of ids: [String]) -> [Int?] { list.rows(of: ids) { !deleted.contains($0) } }
}
