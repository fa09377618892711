import Foundation

/// The first bytes of a segment file: where each section lies.
///
/// Layout, all numbers little-endian: 8 bytes `OSONGSEG`, a 64-bit length `n`, `n` bytes of JSON
/// (this type), then the sections, the first of them at byte 4,096 and each beginning at a multiple
/// of 64 bytes (columns at a multiple of 4,096, a page of memory). The file never changes once
/// written; deletions are tombstones beside it.
struct SegmentHeader: Codable, Hashable, Sendable {
  static let magic = Array("OSONGSEG".utf8)
  static let currentFormat = 2
  /// Where the first section begins.
  static let room = 4_096
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
    /// The columns of the rows, page after page; see `ColumnSections` for these four.
    case columns, columnRows, columnPopcounts, columnFrequencies
    /// Where each block of identifiers begins, 32-bit numbers, and the identifiers; see `TextColumn`.
    case idStarts, ids
    /// The same for the SMILES.
    case smilesStarts, smiles
    /// The first 4 bytes of the SHA-256 of each identifier and of each SMILES.
    case idKeys, structureKeys
    /// The line each record began at in its input, and which input; see `RecordOrigins`.
    case lines, origins
    /// The columns of the rows' pattern fingerprints, where the library screens for substructures.
    case patternColumns, patternColumnRows, patternColumnPopcounts, patternColumnFrequencies

    /// A column of a page is then one page of memory.
    var alignment: Int { self == .columns || self == .patternColumns ? 4_096 : 64 }

    var isOfPatterns: Bool { rawValue.hasPrefix("pattern") }

    /// Whether a similarity search reads it.
    var isSearched: Bool {
      switch self {
      case .fingerprints, .popcounts, .columns, .columnRows, .columnPopcounts, .columnFrequencies,
        .idStarts, .ids:
        true
      default: false
      }
    }
  }

  let format: Int
  let rows: Int
  let bits: Int
  /// The width of the pattern fingerprints; nil when there are none.
  let patternBits: Int?
  let sections: [Section: Extent]

  /// Lays sections of these lengths out one after another.
  init(rows: Int, bits: Int, patternBits: Int?, lengths: [(Section, Int)]) {
    format = Self.currentFormat
    self.rows = rows
    self.bits = bits
    self.patternBits = patternBits
    var sections: [Section: Extent] = [:]
    var offset = Self.room
    for (section, length) in lengths {
      offset = offset.roundedUp(to: section.alignment)
      sections[section] = Extent(offset: offset, length: length)
      offset += length
    }
    self.sections = sections
  }

  /// What the columns of a segment measure: blocks of 512 rows, the last one filled up.
  static func columnBytes(rows: Int, bits: Int) -> Int { (rows + 511) / 512 * bits * 64 }

  /// What a section must measure, where rows and bits decide it.
  private func expectedLength(of section: Section) -> Int? {
    switch section {
    case .fingerprints: rows * bits / 8
    case .popcounts, .columnPopcounts, .patternColumnPopcounts: rows * 2
    case .columns: Self.columnBytes(rows: rows, bits: bits)
    case .patternColumns: Self.columnBytes(rows: rows, bits: patternBits ?? 0)
    case .columnRows, .patternColumnRows: rows * 4
    case .columnFrequencies: bits * 4
    case .patternColumnFrequencies: (patternBits ?? 0) * 4
    case .idStarts, .smilesStarts: TextColumn.startCount(rows: rows) * 4
    case .ids, .smiles, .origins: nil
    case .structureKeys, .idKeys: rows * 4
    case .lines: rows * 4
    }
  }

  /// Why the header does not fit a file of `byteCount` bytes, or nil when it does.
  func contradiction(byteCount: Int) -> String? {
    guard rows > 0, rows <= Int(UInt32.max), bits > 0, bits <= 65_472, bits % 64 == 0 else {
      return "\(rows) rows of \(bits) bits make no sense"
    }
    if let bits = patternBits, bits <= 0 || bits > 65_472 || bits % 64 != 0 {
      return "patterns of \(bits) bits make no sense"
    }
    for section in Section.allCases where patternBits != nil || !section.isOfPatterns {
      guard let extent = sections[section] else { return "section \(section.rawValue) is missing" }
      guard extent.offset >= 0, extent.length >= 0, extent.offset % section.alignment == 0,
        extent.length <= byteCount, extent.offset <= byteCount - extent.length
      else { return "section \(section.rawValue) lies outside the file" }
      if let expected = expectedLength(of: section), expected != extent.length {
        return "section \(section.rawValue) has \(extent.length) bytes, expected \(expected)"
      }
    }
    return nil
  }
}

extension Int {
  /// The next multiple of `step`, or the number itself when it is one.
  func roundedUp(to step: Int) -> Int { (self + step - 1) / step * step }
}
