import Foundation
import Provenance

/// Collects rows in memory until a segment is full, then gives the bytes of its file.
struct SegmentBuilder {
  let bits: Int
  private(set) var rows = 0
  private var words: [UInt64] = []
  private var popcounts: [UInt16] = []
  private var idOffsets: [UInt32] = [0]
  private var ids: [UInt8] = []
  private var smilesOffsets: [UInt32] = [0]
  private var smiles: [UInt8] = []
  private var structureKeys: [UInt64] = []
  private var idKeys: [UInt64] = []
  private var lines: [UInt64] = []

  init(bits: Int) { self.bits = bits }

  mutating func append(_ compound: PreparedCompound) {
    precondition(compound.words.count * 64 == bits, "fingerprint width differs from the library's")
    words.append(contentsOf: compound.words)
    popcounts.append(UInt16(compound.words.reduce(0) { $0 + $1.nonzeroBitCount }))
    ids.append(contentsOf: compound.id.utf8)
    idOffsets.append(UInt32(ids.count))
    smiles.append(contentsOf: compound.smiles.utf8)
    smilesOffsets.append(UInt32(smiles.count))
    structureKeys += [compound.structureKey.high, compound.structureKey.low]
    idKeys += [compound.idKey.high, compound.idKey.low]
    lines.append(UInt64(compound.line))
    rows += 1
  }

  /// The whole file.
  ///
  /// The same rows give the same bytes.
  func fileContents() throws -> Data {
    let bodies: [(SegmentHeader.Section, Data)] = [
      (.fingerprints, littleEndian(words)), (.popcounts, littleEndian(popcounts)),
      (.idOffsets, littleEndian(idOffsets)),
      (.ids, Data(ids)), (.smilesOffsets, littleEndian(smilesOffsets)), (.smiles, Data(smiles)),
      (.structureKeys, littleEndian(structureKeys)), (.idKeys, littleEndian(idKeys)),
      (.lines, littleEndian(lines)),
    ]
    // The header's own length moves the offsets, so it is given a fixed room of its own.
    var offset = SegmentHeader.alignment * 32
    var sections: [SegmentHeader.Section: SegmentHeader.Extent] = [:]
    for (section, body) in bodies {
      sections[section] = .init(offset: offset, length: body.count)
      offset = (offset + body.count).roundedUp(to: SegmentHeader.alignment)
    }
    let header = SegmentHeader(
      format: SegmentHeader.currentFormat, rows: rows, bits: bits, sections: sections)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let json = try encoder.encode(header)
    var file = Data(capacity: offset)
    file.append(contentsOf: SegmentHeader.magic)
    file.append(littleEndian([UInt64(json.count)]))
    file.append(json)
    precondition(file.count <= SegmentHeader.alignment * 32, "the segment header outgrew its room")
    for (section, body) in bodies {
      if let extent = sections[section] { file.append(Data(count: extent.offset - file.count)) }
      file.append(body)
    }
    return file
  }
}

extension Int {
  /// The next multiple of `step`, or the number itself when it is one.
  func roundedUp(to step: Int) -> Int { (self + step - 1) / step * step }
}
