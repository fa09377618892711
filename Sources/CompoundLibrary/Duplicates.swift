import Entities
import Provenance

/// A row that repeats an earlier one.
struct Duplicate: Hashable, Sendable {
  enum Kind: Hashable, Sendable { case identifier, structure }

  /// The row, counted through all segments.
  let row: Int
  /// The earlier row that is kept.
  let first: Int
  let kind: Kind
}

/// Finds repeated identifiers and structures over all segments of a library.
///
/// Keys are looked at in passes, each over a slice of the key space, so memory stays the same
/// however long the library is; the price is one sequential read of the keys (32 bytes a row) for
/// every quarter of a million rows.
struct DuplicateSearch {
  let segments: [Segment]
  /// The most rows one pass may hold in memory, on average.
  var rowsInMemory = 1 << 18

  /// The repeats in the order of their rows.
  ///
  /// A row whose identifier occurred before is refused first of all. Among the other rows the
  /// earliest of each structure is kept: a structure is never lost to a row that is refused itself.
  func duplicates(structures: Bool) -> [Duplicate] {
    let identifiers = repeats(of: .identifier, { $0.idKey($1) })
    guard structures else { return identifiers.sorted { $0.row < $1.row } }
    let refused = Set(identifiers.map(\.row))
    let same = repeats(of: .structure, without: refused) { $0.structureKey($1) }
    return (identifiers + same).sorted { $0.row < $1.row }
  }

  private func repeats(
    of kind: Duplicate.Kind, without refused: Set<Int> = [],
    _ key: (Segment, Int) -> ContentKey
  ) -> [Duplicate] {
    let total = segments.reduce(0) { $0 + $1.rows }
    let passes = max(1, (total + rowsInMemory - 1) / rowsInMemory)
    var duplicates: [Duplicate] = []
    for pass in 0..<passes {
      var entries: [(key: ContentKey, row: Int)] = []
      var base = 0
      for known in segments {
        // Pages that were read count as memory while they are mapped: one segment's at a time.
        let segment = known.mappedAnew()
        for row in 0..<segment.rows where refused.isEmpty || !refused.contains(base + row) {
          let key = key(segment, row)
          if key.high % UInt64(passes) == UInt64(pass) { entries.append((key, base + row)) }
        }
        base += segment.rows
      }
      entries.sort { ($0.key, $0.row) < ($1.key, $1.row) }
      var first = 0
      for index in entries.indices.dropFirst() {
        if entries[index].key == entries[first].key {
          let original = entries[first].row
          duplicates.append(Duplicate(row: entries[index].row, first: original, kind: kind))
        } else {
          first = index
        }
      }
    }
    return duplicates
  }
}

/// Names the rows of a duplicate.
struct RowCursor {
  let segments: [Segment]

  func refusal(of duplicate: Duplicate) -> RefusedRecord {
    let (segment, row) = locate(duplicate.row)
    let (firstSegment, first) = locate(duplicate.first)
    let reason: Refusal =
      switch duplicate.kind {
      case .identifier: .duplicateIdentifier(firstLine: firstSegment.line(first))
      case .structure: .duplicateStructure(firstID: firstSegment.id(first))
      }
    return RefusedRecord(line: segment.line(row), id: segment.id(row), reason: reason)
  }

  private func locate(_ row: Int) -> (Segment, Int) {
    var rest = row
    for segment in segments {
      if rest < segment.rows { return (segment, rest) }
      rest -= segment.rows
    }
    preconditionFailure("row \(row) is beyond the last segment")
  }
}
