public import Fingerprints
import Foundation
import Provenance

/// One immutable file of a library, mapped into memory.
///
/// Any bytes in it can be read and searched without harm; whether they are the ones written is told
/// by their digest.
public struct Segment: Sendable {
  let bytes: MappedBytes
  let header: SegmentHeader
  let url: URL
  let fileName: String
  /// The packed fingerprints, ready to be searched.
  public let fingerprints: FingerprintRows
  /// The same fingerprints bit by bit.
  let columns: ColumnIndex
  /// The pattern fingerprints bit by bit; nil when the library does not screen for substructures.
  let patternColumns: ColumnIndex?
  private let ids: TextColumn
  private let structures: TextColumn
  private let origins: RecordOrigins

  /// The same file mapped anew; what is read through it leaves memory when it goes.
  func mappedAnew() -> Segment { (try? Segment(at: url)) ?? self }

  /// How many rows the file holds, deleted ones included.
  public var rows: Int { header.rows }

  /// Opens a segment and checks that its header fits the file; its digest is checked elsewhere.
  init(at url: URL) throws(LibraryError) {
    self.url = url
    let name = url.lastPathComponent
    fileName = name
    do { bytes = try MappedBytes(path: url.path) } catch {
      throw .damaged(file: name, reason: "it cannot be opened")
    }
    let header = try Segment.readHeader(bytes, fileName: name)
    func extent(_ section: SegmentHeader.Section) -> SegmentHeader.Extent {
      header.sections[section] ?? .init(offset: 0, length: 0)
    }
    do {
      fingerprints = try FingerprintRows(
        mapping: bytes, bitCount: header.bits, count: header.rows,
        wordsAt: extent(.fingerprints).offset, popcountsAt: extent(.popcounts).offset)
      columns = try ColumnIndex(
        mapping: bytes, bitCount: header.bits, count: header.rows,
        linesAt: extent(.columns).offset, rowsAt: extent(.columnRows).offset,
        popcountsAt: extent(.columnPopcounts).offset,
        frequenciesAt: extent(.columnFrequencies).offset)
      patternColumns = try Self.patternColumns(bytes, header, extent)
    } catch { throw .damaged(file: name, reason: error.description) }
    ids = TextColumn(
      bytes: bytes, rows: header.rows, starts: extent(.idStarts), texts: extent(.ids))
    structures = TextColumn(
      bytes: bytes, rows: header.rows, starts: extent(.smilesStarts), texts: extent(.smiles))
    origins = RecordOrigins(bytes: bytes, lines: extent(.lines), runs: extent(.origins))
    self.header = header
  }

  private static func patternColumns(
    _ bytes: MappedBytes, _ header: SegmentHeader,
    _ extent: (SegmentHeader.Section) -> SegmentHeader.Extent
  ) throws(FingerprintRows.LayoutError) -> ColumnIndex? {
    guard let bits = header.patternBits else { return nil }
    return try ColumnIndex(
      mapping: bytes, bitCount: bits, count: header.rows,
      linesAt: extent(.patternColumns).offset, rowsAt: extent(.patternColumnRows).offset,
      popcountsAt: extent(.patternColumnPopcounts).offset,
      frequenciesAt: extent(.patternColumnFrequencies).offset)
  }

  /// Opens a segment of which the manifest says how many rows it has.
  init(at url: URL, _ manifest: LibraryManifest, rows: Int) throws(LibraryError) {
    self = try Segment(at: url)
    guard self.rows == rows else {
      throw .damaged(file: fileName, reason: "it has \(self.rows) rows, not \(rows)")
    }
    guard header.bits == manifest.options.storedBits,
      header.patternBits == manifest.options.patternBits
    else {
      throw .damaged(file: fileName, reason: "its fingerprints have another width")
    }
  }

  private static func readHeader(
    _ bytes: MappedBytes, fileName: String
  ) throws(LibraryError) -> SegmentHeader {
    let magic = SegmentHeader.magic
    guard bytes.count >= magic.count + 8, bytes.bytes(in: 0..<magic.count) == magic else {
      throw .damaged(file: fileName, reason: "it does not begin like a segment")
    }
    let length = bytes.number(UInt64.self, at: magic.count)
    let start = magic.count + 8
    guard length <= SegmentHeader.longest, Int(length) <= bytes.count - start else {
      throw .damaged(file: fileName, reason: "its header is cut")
    }
    let json = Data(bytes.bytes(in: start..<start + Int(length)))
    struct FormatOnly: Decodable { let format: Int }
    let decoder = JSONDecoder()
    guard let format = try? decoder.decode(FormatOnly.self, from: json).format else {
      throw .damaged(file: fileName, reason: "its header cannot be read")
    }
    try LibraryError.checkFormat(format, known: SegmentHeader.currentFormat)
    guard let header = try? decoder.decode(SegmentHeader.self, from: json) else {
      throw .damaged(file: fileName, reason: "its header cannot be read")
    }
    if let reason = header.contradiction(byteCount: bytes.count) {
      throw .damaged(file: fileName, reason: reason)
    }
    return header
  }

  /// The identifier of a row.
  public func id(_ row: Int) -> String { ids[row] }

  /// The standardised canonical SMILES of a row.
  public func smiles(_ row: Int) -> String { structures[row] }

  /// The line at which a row's record began in its input.
  public func line(_ row: Int) -> Int { origin(row).line }

  /// The input and the line a row came from.
  public func origin(_ row: Int) -> RecordOrigin {
    precondition(row >= 0 && row < rows, "row \(row) of \(rows)")
    return origins[row]
  }

  func texts(_ kind: SegmentText) -> TextColumn { kind == .identifier ? ids : structures }

  /// The keys of some rows' texts: equal texts have equal keys, and few others do.
  func keys(_ kind: SegmentText, _ range: Range<Int>) -> [UInt32] {
    precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) of \(rows)")
    let section: SegmentHeader.Section = kind == .identifier ? .idKeys : .structureKeys
    let offset = header.sections[section]?.offset ?? 0
    return bytes.numbers(UInt32.self, at: offset + range.lowerBound * 4, count: range.count)
  }

  /// The packed fingerprints of some rows.
  func words(_ range: Range<Int>) -> [UInt64] {
    precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) of \(rows)")
    let offset = header.sections[.fingerprints]?.offset ?? 0
    let count = header.bits / 64
    return bytes.numbers(
      UInt64.self, at: offset + range.lowerBound * count * 8, count: range.count * count)
  }
}
