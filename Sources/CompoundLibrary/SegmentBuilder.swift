import Provenance

/// Collects rows in memory until there are enough for a segment.
struct SegmentBuilder: SegmentContents {
  /// Long texts end a segment early, so that memory stays bounded for any rows.
  private static let mostTextBytes = 1 << 26

  let bits: Int
  private(set) var rows = 0
  private var packed: [UInt64] = []
  private var ids = EncodedTexts()
  private var smiles = EncodedTexts()
  private var idKeys: [UInt64] = []
  private var structureKeys: [UInt64] = []
  private var origins: [RecordOrigin] = []

  init(bits: Int) { self.bits = bits }

  /// Whether the rows should be written before more are added.
  func isFull(_ most: Int) -> Bool {
    rows >= most || ids.bytes.count + smiles.bytes.count >= Self.mostTextBytes
  }

  mutating func append(_ compound: PreparedCompound, from input: Int) {
    precondition(compound.words.count * 64 == bits, "fingerprint width differs from the library's")
    packed.append(contentsOf: compound.words)
    ids.append(compound.id.utf8)
    smiles.append(compound.smiles.utf8)
    idKeys.append(compound.idKey.high)
    structureKeys.append(compound.structureKey.high)
    origins.append(RecordOrigin(input: input, line: compound.line))
    rows += 1
  }

  func words(_ range: Range<Int>) -> [UInt64] {
    let count = bits / 64
    return Array(packed[range.lowerBound * count..<range.upperBound * count])
  }

  func texts(_ kind: SegmentText, _ range: Range<Int>) -> EncodedTexts {
    kind == .identifier ? ids[range] : smiles[range]
  }

  func keys(_ kind: SegmentText, _ range: Range<Int>) -> [UInt64] {
    Array(kind == .identifier ? idKeys[range] : structureKeys[range])
  }

  func origins(_ range: Range<Int>) -> [RecordOrigin] { Array(origins[range]) }
}
