/// Rows that share a text: new ones, and perhaps one that was in the library before.
struct Repeat: Hashable, Sendable {
  /// The row of the library that has the text, counted through all segments; nil for none.
  let known: Int?
  /// The new rows that have it, ascending.
  let new: [Int]
}

/// Finds the texts that new rows share with rows of the library or among themselves.
///
/// New rows are looked at in passes, each over a slice of the key space, so memory stays the same
/// however many there are; in each pass the keys of the library's rows are read once (4 bytes a
/// row). Rows of equal keys are compared by their texts.
struct RepeatSearch {
  let list: SegmentList
  /// How many rows the library has; the new ones come behind them.
  let known: Int
  /// The rows that no longer count.
  let deleted: RowSet
  /// The most rows one pass may hold in memory, on average.
  var rowsInMemory = 1 << 20

  private struct Entry {
    let key: UInt32
    let row: Int
  }

  /// The repeats of one kind of text, rows that no longer count left out.
  func repeats(of kind: SegmentText) -> [Repeat] {
    let new = list.rows - known
    let passes = max(1, (new + rowsInMemory - 1) / rowsInMemory)
    var found: [Repeat] = []
    for pass in 0..<passes {
      var entries: [Entry] = []
      entries.reserveCapacity(new / passes)
      list.forEachKey(of: kind, in: known..<list.rows) { row, key in
        if Int(key) * passes >> 32 == pass, !deleted.contains(row) {
          entries.append(Entry(key: key, row: row))
        }
      }
      entries.sort { ($0.key, $0.row) < ($1.key, $1.row) }
      found += repeats(of: kind, among: entries)
    }
    return found
  }

  private func repeats(of kind: SegmentText, among entries: [Entry]) -> [Repeat] {
    // Of new rows that share a text the first leads, the others follow.
    var leaders: [Entry] = []
    var followers: [Int: [Int]] = [:]
    for (place, entry) in entries.enumerated() {
      if place > 0, entries[place - 1].key == entry.key,
        let leader = leaders.reversed().prefix(while: { $0.key == entry.key })
          .first(where: { list.text(kind, $0.row) == list.text(kind, entry.row) })
      {
        followers[leader.row, default: []].append(entry.row)
      } else {
        leaders.append(entry)
      }
    }
    var owners: [Int: Int] = [:]
    if known > 0 {
      let filter = KeyFilter(leaders.map(\.key))
      list.forEachKey(of: kind, in: 0..<known) { row, key in
        guard filter.mayContain(key), !deleted.contains(row) else { return }
        let first = leaders.partitioningIndex { $0.key >= key }
        for leader in leaders[first...].prefix(while: { $0.key == key })
        where list.text(kind, leader.row) == list.text(kind, row) {
          owners[leader.row] = min(owners[leader.row] ?? row, row)
        }
      }
    }
    return Set(owners.keys).union(followers.keys).map { leader in
      Repeat(known: owners[leader], new: [leader] + (followers[leader] ?? []))
    }
  }
}
