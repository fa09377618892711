internal import CFingerprints

extension Kernel {
  /// Writes the columns of the rows at some places of an order where the page belongs, and returns
  /// how many of the rows have each bit.
  func fillPage(
    of rows: FingerprintRows, places: Range<Int>, order: [UInt32], into memory: WritableBytes
  ) -> [UInt16] {
    let blocks = ColumnPage.blockCount(rows: places.count)
    let start = ColumnLayout.lineBytes(bitCount: rows.bitCount, count: places.lowerBound)
    precondition(places.lowerBound >= 0 && places.upperBound <= order.count)
    precondition(start + rows.bitCount * blocks * 64 <= memory.count)
    var frequencies = [UInt16](repeating: 0, count: rows.bitCount)
    let all = [UInt64](repeating: .max, count: blocks * 8)
    unsafe rows.storage.withPointers { words, _ in
      unsafe order.withUnsafeBufferPointer { order in
        guard let order = order.baseAddress, let base = unsafe memory.base else { return }
        let columns = unsafe (base + start).assumingMemoryBound(to: UInt64.self)
        unsafe fingerprint_columns(
          words, rows.wordCount, order + places.lowerBound, places.count, rows.bitCount, columns)
        // A column is a row of the page's own: its popcount is what it shares with all ones.
        unsafe fingerprint_intersections(
          kind.code, all, columns, blocks * 8, rows.bitCount, &frequencies)
      }
    }
    return frequencies
  }

  /// Calls `found` with each row that has as many common bits as its block requires, and with its
  /// numbers of set and common bits; returns how many lines were read, and how many rows were found.
  ///
  /// A row's number and popcount come from the same bytes as the columns, which may be damaged: a
  /// row that is not of the segment, or has fewer bits than it shares, is left out.
  func scan(
    _ page: ColumnPage, of segment: ColumnSegment, blocks: Range<Int>, columns: ColumnOffsets,
    required: [UInt16], scratch: inout ScanScratch,
    found: (_ row: Int, _ popcount: Int, _ common: Int) -> Void
  ) -> (lines: Int, found: Int) {
    precondition(blocks.count * ColumnPage.rowsInBlock <= scratch.capacity)
    precondition(blocks.upperBound <= page.blockCount && page.blockCount == columns.blockCount)
    precondition(page.places.upperBound <= segment.count && blocks.upperBound <= required.count)
    precondition(columns.bitCount == segment.storage.layout.bitCount)
    return unsafe segment.storage.withPointers { lines, rows, popcounts in
      let offset = page.firstWord(bitCount: columns.bitCount)
      let matches = unsafe fingerprint_column_scan(
        kind.code, lines + offset, columns.offsets, columns.offsets.count, blocks.lowerBound,
        blocks.upperBound, required, &scratch.matched, &scratch.common)
      for match in 0..<matches.found {
        // The last block is filled up with empty rows.
        let place = page.places.lowerBound + Int(scratch.matched[match])
        guard place < page.places.upperBound else { break }
        let (row, popcount) = unsafe (rows[place], popcounts[place])
        let common = scratch.common[match]
        guard popcount >= common, row < segment.count else { continue }
        found(segment.firstRow + Int(row), Int(popcount), Int(common))
      }
      return (matches.lines, matches.found)
    }
  }

  /// Some rows of one block, put together again from the columns.
  ///
  /// A row whose number, in damaged bytes, is not of the segment is left out.
  func rows(
    of page: ColumnPage, in segment: ColumnSegment, block: Int, part: Int
  ) -> [(row: Int, fingerprint: Fingerprint)] {
    let bitCount = segment.storage.layout.bitCount
    let width = Fingerprint.wordCount(bits: bitCount)
    let start = page.places.lowerBound + block * ColumnPage.rowsInBlock + part * PackedRows.count
    if start >= page.places.upperBound { return [] }
    let places = start..<min(start + PackedRows.count, page.places.upperBound)
    precondition(block < page.blockCount && page.places.upperBound <= segment.count)
    var words = [UInt64](repeating: 0, count: PackedRows.count * width)
    return unsafe segment.storage.withPointers { lines, rows, _ in
      let offset = page.firstWord(bitCount: bitCount)
      unsafe fingerprint_rows(
        lines + offset, page.blockCount, bitCount, block * 512 + part * PackedRows.count,
        PackedRows.count, &words)
      return places.compactMap { place in
        guard unsafe rows[place] < segment.count else { return nil }
        let first = (place - start) * width
        return (
          segment.firstRow + Int(unsafe rows[place]),
          Fingerprint(bitCount: bitCount, words: Array(words[first..<first + width]))
        )
      }
    }
  }
}

/// The first words of a query's columns in a page of so many blocks.
struct ColumnOffsets {
  let bitCount: Int
  let blockCount: Int
  let offsets: [UInt32]

  init(_ columns: [UInt32], bitCount: Int, blockCount: Int) {
    precondition(columns.allSatisfy { $0 < bitCount })
    self.bitCount = bitCount
    self.blockCount = blockCount
    offsets = columns.map { $0 * UInt32(blockCount * 8) }
  }
}

extension ColumnStorage {
  /// The popcounts at the two ends of each of some ranges of places, the lesser first.
  func popcounts(atEndsOf ranges: [Range<Int>]) -> [ClosedRange<UInt16>] {
    unsafe withPointers { _, _, popcounts in
      ranges.map { places in
        let (first, last) = unsafe (popcounts[places.lowerBound], popcounts[places.upperBound - 1])
        return min(first, last)...max(first, last)
      }
    }
  }

  /// Calls `body` with the first line, row and popcount.
  func withPointers<Result>(
    _ body: (UnsafePointer<UInt64>, UnsafePointer<UInt32>, UnsafePointer<UInt16>) -> Result
  ) -> Result {
    unsafe bytes.withBytes { bytes in
      // An empty index has no memory; any aligned address will do, for nothing is read.
      let base = unsafe bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 64).unsafelyUnwrapped
      return unsafe body(
        (base + layout.linesAt).assumingMemoryBound(to: UInt64.self),
        (base + layout.rowsAt).assumingMemoryBound(to: UInt32.self),
        (base + layout.popcountsAt).assumingMemoryBound(to: UInt16.self))
    }
  }
}
