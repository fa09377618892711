public import Foundation

/// The bytes of an index of one segment, for a file; little-endian.
public struct ColumnSections: Hashable, Sendable {
  /// The pages one after another.
  ///
  /// A page is up to 32,768 rows by ascending popcount in blocks of 512: for each bit and each block
  /// a line of 64 bytes, so bit `b` of a page of `n` blocks starts at line `b × n`.
  public let lines: Data
  /// By place in the order of popcounts: the row, 32 bits.
  public let rows: Data
  /// By place in the order of popcounts: the popcount, 16 bits.
  public let popcounts: Data
  /// By bit: how many rows have it, 32 bits.
  public let frequencies: Data
}

extension ColumnIndex {
  /// The bytes to store; ``init(mapping:bitCount:count:linesAt:rowsAt:popcountsAt:frequenciesAt:)``
  /// takes them back.
  ///
  /// - Precondition: the index is not joined from several.
  /// - Complexity: O(bytes): they are copied.
  public var sections: ColumnSections {
    precondition(segments.count == 1, "\(segments.count) segments are stored one by one")
    let (storage, count) = (segments[0].storage, segments[0].count)
    let layout = storage.layout
    func section(at start: Int, bytes: Int) -> Data {
      storage.bytes.data(in: start..<start + bytes)
    }
    return ColumnSections(
      lines: section(
        at: layout.linesAt, bytes: ColumnLayout.lineBytes(bitCount: bitCount, count: count)),
      rows: section(at: layout.rowsAt, bytes: 4 * count),
      popcounts: section(at: layout.popcountsAt, bytes: 2 * count),
      frequencies: section(at: layout.frequenciesAt, bytes: 4 * bitCount))
  }

  /// The index in a mapped file, whose sections start at these bytes.
  ///
  /// The lines start at a multiple of 64, better of 4,096, which keeps each column of a page in one
  /// page of memory; the others at multiples of 8. Nothing is read here. The contents are not
  /// trusted: damaged ones give wrong neighbours, but never a crash.
  public init(
    mapping bytes: MappedBytes, bitCount: Int, count: Int, linesAt: Int, rowsAt: Int,
    popcountsAt: Int, frequenciesAt: Int
  ) throws(FingerprintRows.LayoutError) {
    guard (1...Fingerprint.maximumBitCount).contains(bitCount) else { throw .width(bitCount) }
    guard count >= 0, count <= Int(UInt32.max) else { throw .count(count) }
    let lines = ColumnLayout.lineBytes(bitCount: bitCount, count: count)
    try bytes.check(start: linesAt, length: lines, alignment: 64)
    try bytes.check(start: rowsAt, length: 4 * count, alignment: 8)
    try bytes.check(start: popcountsAt, length: 2 * count, alignment: 8)
    try bytes.check(start: frequenciesAt, length: 4 * bitCount, alignment: 8)
    let layout = ColumnLayout(
      bitCount: bitCount, linesAt: linesAt, rowsAt: rowsAt, popcountsAt: popcountsAt,
      frequenciesAt: frequenciesAt)
    let storage = ColumnStorage(bytes: bytes, layout: layout)
    self.init(
      bitCount: bitCount,
      segments: [ColumnSegment(firstRow: 0, count: count, storage: storage)])
  }
}
