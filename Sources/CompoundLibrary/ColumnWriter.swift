import Fingerprints
import Foundation
import Parallelism

/// Turns the rows of a segment on their side, a few pages at a time.
///
/// The order of popcounts goes over all rows of the segment, so every batch of pages reads all rows
/// and keeps those that belong to it: several readings of a file in place of a gigabyte of memory.
struct ColumnWriter {
  /// Calls its argument with all rows, each once, in any order: their numbers (nil for one that is
  /// not wanted) and their packed words.
  typealias Rows = (_ body: (_ rows: [Int?], _ words: [UInt64]) -> Void) -> Void

  private let rowsInPage = 32_768

  private let bits: Int
  /// By place in the order of popcounts, equal ones by row.
  let rows: [UInt32]
  let popcounts: [UInt16]
  private(set) var frequencies: [UInt32]

  /// - Parameter popcounts: by row.
  init(bits: Int, popcounts: [UInt16]) {
    self.bits = bits
    frequencies = [UInt32](repeating: 0, count: bits)
    var next = [Int](repeating: 0, count: bits + 2)
    for popcount in popcounts { next[Int(popcount) + 1] += 1 }
    for popcount in 1..<next.count { next[popcount] += next[popcount - 1] }
    var rows = [UInt32](repeating: 0, count: popcounts.count)
    var sorted = popcounts
    for (row, popcount) in popcounts.enumerated() {
      let place = next[Int(popcount)]
      rows[place] = UInt32(row)
      sorted[place] = popcount
      next[Int(popcount)] += 1
    }
    self.rows = rows
    self.popcounts = sorted
  }

  /// Calls `body` with the lines of each page in order.
  mutating func forEachPage(
    of all: Rows, using pool: WorkerPool, _ body: (Data) throws -> Void
  ) rethrows {
    var placeOfRow = [UInt32](repeating: 0, count: rows.count)
    for (place, row) in rows.enumerated() { placeOfRow[Int(row)] = UInt32(place) }
    // A small segment is read twice as willingly as a large one 32 times.
    let batch = rowsInPage * (rows.count > 2 * rowsInPage ? 2 : 1)
    for first in stride(from: 0, to: rows.count, by: batch) {
      let places = first..<min(first + batch, rows.count)
      let words = gather(places, placeOfRow, all)
      let starts = Array(stride(from: 0, to: places.count, by: rowsInPage))
      let count = bits / 64
      let (bits, rowsInPage) = (bits, rowsInPage)
      let pages = pool.map(starts.count) { number in
        let end = min(starts[number] + rowsInPage, places.count)
        var arena = FingerprintArena(bitCount: bits)
        arena.reserveCapacity(end - starts[number])
        for row in starts[number]..<end {
          arena.append(Array(words[row * count..<(row + 1) * count]))
        }
        return ColumnIndex(of: arena).sections
      }
      for page in pages {
        for (bit, more) in page.frequencies.words.enumerated() { frequencies[bit] += more }
        try body(page.lines)
      }
    }
  }

  /// The packed rows of some places, in their order.
  private func gather(_ places: Range<Int>, _ placeOfRow: [UInt32], _ all: Rows) -> [UInt64] {
    let count = bits / 64
    var gathered = [UInt64](repeating: 0, count: places.count * count)
    let wanted = UInt32(places.lowerBound)..<UInt32(places.upperBound)
    all { rows, words in
      for (number, row) in rows.enumerated() {
        guard let row, wanted.contains(placeOfRow[row]) else { continue }
        let to = (Int(placeOfRow[row]) - places.lowerBound) * count
        for word in 0..<count { gathered[to + word] = words[number * count + word] }
      }
    }
    return gathered
  }
}

extension Data {
  /// The bytes as 32-bit numbers, least significant byte first.
  fileprivate var words: [UInt32] {
    stride(from: startIndex, to: endIndex, by: 4).map { start in
      (0..<4).reduce(0) { $0 | UInt32(self[start + $1]) << UInt32(8 * $1) }
    }
  }
}
