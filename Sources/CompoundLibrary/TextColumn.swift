import Fingerprints

/// One text a row: identifiers or SMILES.
///
/// Each text stands as its length (7 bits a byte, the lowest first, the high bit set on all bytes
/// but the last) and its UTF-8 bytes. Where every 32nd row begins is kept apart, so a text costs a
/// byte and an eighth beside itself, and reaching it steps over at most 31 others.
struct TextColumn: Sendable {
  static let rowsInBlock = 32

  let bytes: MappedBytes
  let rows: Int
  let starts: SegmentHeader.Extent
  let texts: SegmentHeader.Extent

  /// How many starts a column of `rows` rows keeps; the last one is the end of the texts.
  static func startCount(rows: Int) -> Int { (rows + rowsInBlock - 1) / rowsInBlock + 1 }

  /// The text of a row; of a damaged file some text, never a crash.
  subscript(row: Int) -> String { bytes.text(in: place(of: row)) }

  /// The texts of some rows, as they lie in the file.
  func encoded(_ range: Range<Int>) -> EncodedTexts {
    precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) of \(rows)")
    var encoded = EncodedTexts()
    guard !range.isEmpty else { return encoded }
    var next = place(of: range.lowerBound)
    for row in range {
      encoded.append(bytes.bytes(in: next))
      // The same texts as one by one, in a damaged file too.
      if row + 1 < range.upperBound {
        let isInBlock = (row + 1) % Self.rowsInBlock != 0
        next =
          isInBlock
          ? bytes.prefixedText(from: next.upperBound, to: end, skipping: 0) : place(of: row + 1)
      }
    }
    return encoded
  }

  private var end: Int { texts.offset + texts.length }

  private func place(of row: Int) -> Range<Int> {
    precondition(row >= 0 && row < rows, "row \(row) of \(rows)")
    let block = row / Self.rowsInBlock
    let start = bytes.number(UInt32.self, at: starts.offset + block * 4)
    return bytes.prefixedText(
      from: texts.offset + min(Int(start), texts.length), to: end,
      skipping: row % Self.rowsInBlock)
  }
}

/// Texts on their way into a file.
struct EncodedTexts: Sendable {
  /// The texts, each behind its length.
  private(set) var bytes: [UInt8] = []
  /// Where each text ends.
  private(set) var ends: [Int] = []

  var count: Int { ends.count }

  mutating func append(_ text: some Collection<UInt8>) {
    var length = text.count
    while length >= 0x80 {
      bytes.append(UInt8(length & 0x7F | 0x80))
      length >>= 7
    }
    bytes.append(UInt8(length))
    bytes.append(contentsOf: text)
    ends.append(bytes.count)
  }

  mutating func append(_ others: EncodedTexts) {
    ends += others.ends.map { $0 + bytes.count }
    bytes += others.bytes
  }

  /// Where a text begins.
  func start(of row: Int) -> Int { row == 0 ? 0 : ends[row - 1] }

  subscript(range: Range<Int>) -> EncodedTexts {
    guard !range.isEmpty else { return EncodedTexts() }
    let start = start(of: range.lowerBound)
    var part = EncodedTexts()
    part.bytes = Array(bytes[start..<ends[range.upperBound - 1]])
    part.ends = ends[range].map { $0 - start }
    return part
  }
}
