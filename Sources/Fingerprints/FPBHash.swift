/// The chunk HASH: 256 tables by which chemfp finds the rows of an id, after Bernstein's cdb.
///
/// The description starts looking at slot `hash % slots`; the files that chemfp wrote start at
/// `(hash >> 8) % slots`, as cdb does, and so does this.
struct FPBHash {
  private static let tables = 256
  private static let free = UInt32.max

  private let hashes: [UInt32]
  /// By table: its rows, one table after another.
  private let rows: [UInt32]
  /// Where each table's rows begin, and the end.
  private let starts: [Int]

  /// - Parameter id: the id at a place of the file.
  /// - Returns: nil when there are more rows than 32-bit offsets can reach; the chunk is optional.
  init?(count: Int, id: (Int) throws -> String) rethrows {
    guard count < 1 << 28 else { return nil }
    var hashes: [UInt32] = []
    hashes.reserveCapacity(count)
    var starts = [Int](repeating: 0, count: Self.tables + 1)
    for place in 0..<count {
      let hash = try id(place).utf8.reduce(5381 as UInt32) { (($0 << 5) &+ $0) ^ UInt32($1) }
      hashes.append(hash)
      starts[Int(hash % 256) + 1] += 1
    }
    for table in 1..<starts.count { starts[table] += starts[table - 1] }
    var rows = [UInt32](repeating: 0, count: count)
    var next = starts
    for (place, hash) in hashes.enumerated() {
      rows[next[Int(hash % 256)]] = UInt32(place)
      next[Int(hash % 256)] += 1
    }
    (self.hashes, self.rows, self.starts) = (hashes, rows, starts)
  }

  func write(to sink: inout FPBSink) throws {
    try sink.beginChunk(.hash, length: 8 * Self.tables + 16 * rows.count)
    for table in 0..<Self.tables {
      try sink.append(UInt32(16 * starts[table]))
      try sink.append(UInt32(2 * (starts[table + 1] - starts[table])))
    }
    for table in 0..<Self.tables {
      for row in slots(of: rows[starts[table]..<starts[table + 1]]) {
        try sink.append(row == Self.free ? Self.free : hashes[Int(row)])
        try sink.append(row)
      }
    }
  }

  /// The rows of one table in their slots, twice as many as rows; each in the first free one from
  /// where its hash points.
  private func slots(of rows: ArraySlice<UInt32>) -> [UInt32] {
    var slots = [UInt32](repeating: Self.free, count: 2 * rows.count)
    // A free slot points at itself, a taken one at a later one. Ids made to have one hash would take
    // quadratic time without this; as half of the slots stay free, every way ends.
    var next = Array(slots.indices)
    for row in rows {
      var slot = Int(hashes[Int(row)] >> 8) % slots.count
      while next[slot] != slot {
        next[slot] = next[next[slot]]
        slot = next[slot]
      }
      slots[slot] = row
      next[slot] = slot + 1 == slots.count ? 0 : slot + 1
    }
    return slots
  }
}
