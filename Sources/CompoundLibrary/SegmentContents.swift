/// Which of a row's two texts is meant; both must be unique in a library.
enum SegmentText: Hashable, Sendable { case identifier, structure }

/// The rows of a segment to be written, asked for in stretches and section by section.
///
/// So a segment of a million rows is written without being held in memory.
protocol SegmentContents {
  /// How many rows there are.
  var rows: Int { get }
  /// The number of bits of a row's fingerprint.
  var bits: Int { get }
  /// The number of bits of a row's pattern fingerprint; nil when there are none.
  var patternBits: Int? { get }
  /// The packed fingerprints of some rows.
  func words(_ range: Range<Int>) -> [UInt64]
  /// The identifiers or the SMILES of some rows.
  func texts(_ kind: SegmentText, _ range: Range<Int>) -> EncodedTexts
  /// The keys of these texts.
  func keys(_ kind: SegmentText, _ range: Range<Int>) -> [UInt32]
  /// Where some rows came from.
  func origins(_ range: Range<Int>) -> [RecordOrigin]
  /// The same contents, with nothing in memory that was only read from a file.
  func mappedAnew() -> Self
  /// Calls `body` with the pattern fingerprints of all rows, each once, in any order: the rows'
  /// numbers (nil for one that is not wanted) and their packed words.
  func forEachPattern(_ body: (_ rows: [Int?], _ words: [UInt64]) -> Void)
}

extension SegmentContents {
  /// Calls `body` with all rows in stretches short enough to be held, and with the contents to read
  /// them from.
  ///
  /// Pages of a mapped file count as memory once they were read, so files are mapped anew now and
  /// then.
  func forEachStretch(_ body: (_ rows: Range<Int>, _ contents: Self) throws -> Void) rethrows {
    var fresh = self
    for (number, start) in stride(from: 0, to: rows, by: 2_048).enumerated() {
      if number % 16 == 0 { fresh = mappedAnew() }
      try body(start..<min(start + 2_048, rows), fresh)
    }
  }
}
