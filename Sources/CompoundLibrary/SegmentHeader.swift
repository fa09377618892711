import Foundation

/// The first bytes of a segment file: where each section lies.
///
/// Layout, all numbers little-endian: 8 bytes `OSONGSEG`, a 64-bit length `n`, `n` bytes of JSON
/// (this type), then the sections, each beginning at a multiple of 64 bytes from the start of the
/// file. The file never changes once written; deletions are tombstones beside it.
struct SegmentHeader: Codable, Hashable, Sendable {
  static let magic = Array("OSONGSEG".utf8)
  static let currentFormat = 1
  static let alignment = 64
  static let longest = 64 * 1024

  /// A stretch of bytes, counted from the start of the file.
  struct Extent: Codable, Hashable, Sendable {
    let offset: Int
    let length: Int
  }

  enum Section: String, Codable, CaseIterable, CodingKeyRepresentable, Sendable {
    /// Packed rows, `rows × bits / 8` bytes.
    case fingerprints
    /// How many bits each row has set, 16-bit numbers.
    case popcounts
    /// Where each identifier begins, `rows + 1` 32-bit numbers, and the UTF-8 bytes.
    case idOffsets, ids
    /// Where each SMILES begins, `rows + 1` 32-bit numbers, and the UTF-8 bytes.
    case smilesOffsets, smiles
    /// The first 16 bytes of the SHA-256 of each SMILES and of each identifier.
    case structureKeys, idKeys
    /// The line each record began at in its input, 64-bit numbers.
    case lines
  }

  let format: Int
  let rows: Int
  let bits: Int
  let sections: [Section: Extent]

  /// What a section must measure, where rows and bits decide it.
  private func expectedLength(of section: Section) -> Int? {
    switch section {
    case .fingerprints: rows * bits / 8
    case .popcounts: rows * 2
    case .idOffsets, .smilesOffsets: (rows + 1) * 4
    case .ids, .smiles: nil
    case .structureKeys, .idKeys: rows * 16
    case .lines: rows * 8
    }
  }

  /// Why the header does not fit a file of `byteCount` bytes, or nil when it does.
  func contradiction(byteCount: Int) -> String? {
    guard rows >= 0, rows <= Int(UInt32.max), bits > 0, bits <= 65_472,
      bits % 64 == 0
    else {
      return "\(rows) rows of \(bits) bits make no sense"
    }
    for section in Section.allCases {
      guard let extent = sections[section] else { return "section \(section.rawValue) is missing" }
      guard extent.offset >= 0, extent.length >= 0, extent.offset % Self.alignment == 0,
        extent.length <= byteCount, extent.offset <= byteCount - extent.length
      else { return "section \(section.rawValue) lies outside the file" }
      if let expected = expectedLength(of: section), expected != extent.length {
        return "section \(section.rawValue) has \(extent.length) bytes, expected \(expected)"
      }
    }
    return nil
  }
}
