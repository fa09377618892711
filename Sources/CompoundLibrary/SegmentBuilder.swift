import Provenance

/// Collects rows in memory until there are enough for a segment.
struct SegmentBuilder: SegmentContents {
  /// Long texts end a segment early, so that memory stays bounded for any rows.
  private static let mostTextBytes = 1 << 26

  let bits: Int
  let patternBits: Int?
  private(set) var rows = 0
  private var packed: [UInt64] = []
  private var patterns: [UInt64] = []
  private var ids = EncodedTexts()
  private var smiles = EncodedTexts()
  private var idKeys: [UInt32] = []
  private var structureKeys: [UInt32] = []
  private var origins: [RecordOrigin] = []

  init(_ options: LibraryOptions) {
    bits = options.storedBits
    patternBits = options.patternBits
  }

  /// Whether the rows should be written before more are added.
  func isFull(_ most: Int) -> Bool {
    rows >= most || ids.bytes.count + smiles.bytes.count >= Self.mostTextBytes
  }

  mutating func append(_ compound: PreparedCompound, from input: Int) {
    precondition(compound.words.count * 64 == bits, "fingerprint width differs from the library's")
    precondition(compound.pattern.count * 64 == patternBits ?? 0, "pattern of another width")
    packed.append(contentsOf: compound.words)
    patterns.append(contentsOf: compound.pattern)
    ids.append(compound.id.utf8)
    smiles.append(compound.smiles.utf8)
    idKeys.append(compound.idKey.start)
    structureKeys.append(compound.structureKey.start)
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

  func keys(_ kind: SegmentText, _ range: Range<Int>) -> [UInt32] {
    Array(kind == .identifier ? idKeys[range] : structureKeys[range])
  }

  func origins(_ range: Range<Int>) -> [RecordOrigin] { Array(origins[range]) }

  func mappedAnew() -> SegmentBuilder { self }

  func forEachPattern(_ body: (_ rows: [Int?], _ words: [UInt64]) -> Void) {
    let count = (patternBits ?? 0) / 64
    forEachStretch { rows, _ in
      body(rows.map { $0 }, Array(patterns[rows.lowerBound * count..<rows.upperBound * count]))
    }
  }
}
