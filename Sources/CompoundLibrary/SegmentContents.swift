/// Which of a row's two texts is meant; both must be unique in a library.
enum SegmentText: Hashable, Sendable { case identifier, structure }

/// The rows of a segment to be written, asked for in stretches and section by section.
///
/// So a segment of a million rows is written without being held in memory.
protocol SegmentContents {
  /// How many rows there are.
  var rows: Int { get }
  /// The packed fingerprints of some rows.
  func words(_ range: Range<Int>) -> [UInt64]
  /// The identifiers or the SMILES of some rows.
  func texts(_ kind: SegmentText, _ range: Range<Int>) -> EncodedTexts
  /// The keys of these texts.
  func keys(_ kind: SegmentText, _ range: Range<Int>) -> [UInt64]
  /// Where some rows came from.
  func origins(_ range: Range<Int>) -> [RecordOrigin]
}
