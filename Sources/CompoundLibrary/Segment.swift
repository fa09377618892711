public import Fingerprints
import Foundation
import Provenance

/// One immutable file of a library, mapped into memory.
public struct Segment: Sendable {
  let bytes: MappedBytes
  let header: SegmentHeader
  let url: URL
  let fileName: String
  /// The packed fingerprints, ready to be searched.
  public let fingerprints: FingerprintRows

  /// The same file mapped anew; what is read through it leaves memory when it goes.
  func mappedAnew() -> Segment { (try? Segment(at: url)) ?? self }

  /// How many rows the file holds, deleted ones included.
  public var rows: Int { header.rows }

  /// Opens a segment and checks that its header fits the file; the digest is checked by ``verify``.
  init(at url: URL) throws(LibraryError) {
    self.url = url
    fileName = url.lastPathComponent
    do { bytes = try MappedBytes(path: url.path) } catch {
      throw .damaged(file: url.lastPathComponent, reason: "cannot be opened")
    }
    header = try Segment.readHeader(bytes, fileName: fileName)
    do {
      fingerprints = try FingerprintRows(
        mapping: bytes, bitCount: header.bits, count: header.rows,
        wordsAt: header.sections[.fingerprints]?.offset ?? 0,
        popcountsAt: header.sections[.popcounts]?.offset ?? 0)
    } catch { throw .damaged(file: fileName, reason: error.description) }
  }

  private static func readHeader(
    _ bytes: MappedBytes, fileName: String
  ) throws(LibraryError) -> SegmentHeader {
    let magic = SegmentHeader.magic
    guard bytes.count >= magic.count + 8, Array(bytes.data(in: 0..<magic.count)) == magic else {
      throw .damaged(file: fileName, reason: "it does not begin like a segment")
    }
    let length = bytes.number(UInt64.self, at: magic.count)
    let start = magic.count + 8
    guard length <= SegmentHeader.longest, Int(length) <= bytes.count - start else {
      throw .damaged(file: fileName, reason: "its header is cut")
    }
    let json = bytes.data(in: start..<start + Int(length))
    guard let header = try? JSONDecoder().decode(SegmentHeader.self, from: json) else {
      throw .damaged(file: fileName, reason: "its header cannot be read")
    }
    guard header.format <= SegmentHeader.currentFormat else {
      throw .newerFormat(found: header.format, known: SegmentHeader.currentFormat)
    }
    if let reason = header.contradiction(byteCount: bytes.count) {
      throw .damaged(file: fileName, reason: reason)
    }
    return header
  }

  private func start(of section: SegmentHeader.Section) -> Int {
    header.sections[section]?.offset ?? 0
  }

  private func text(_ row: Int, _ offsets: SegmentHeader.Section, _ texts: SegmentHeader.Section)
    -> String
  {
    precondition(row >= 0 && row < rows, "row \(row) of \(rows)")
    let table = start(of: offsets) + row * 4
    let length = header.sections[texts]?.length ?? 0
    // The offsets come from a file: out-of-order or far ones give an empty text, never a crash.
    let from = min(Int(bytes.number(UInt32.self, at: table)), length)
    let to = min(max(Int(bytes.number(UInt32.self, at: table + 4)), from), length)
    let base = start(of: texts)
    return bytes.text(in: base + from..<base + to)
  }

  /// The identifier of a row.
  public func id(_ row: Int) -> String { text(row, .idOffsets, .ids) }

  /// The standardised canonical SMILES of a row.
  public func smiles(_ row: Int) -> String { text(row, .smilesOffsets, .smiles) }

  /// The line at which a row's record began in its input.
  public func line(_ row: Int) -> Int {
    Int(truncatingIfNeeded: bytes.number(UInt64.self, at: start(of: .lines) + row * 8))
  }

  func structureKey(_ row: Int) -> ContentKey { key(row, .structureKeys) }
  func idKey(_ row: Int) -> ContentKey { key(row, .idKeys) }

  private func key(_ row: Int, _ section: SegmentHeader.Section) -> ContentKey {
    let offset = start(of: section) + row * 16
    return ContentKey(
      high: bytes.number(UInt64.self, at: offset), low: bytes.number(UInt64.self, at: offset + 8))
  }

  /// Reads the whole file once and compares its digest with the one noted when it was written.
  func verify(_ expected: Digest) throws(LibraryError) {
    guard bytes.digest() == expected else {
      throw .damaged(file: fileName, reason: "its digest is not the one noted at its writing")
    }
  }
}
