import Foundation
import Provenance

/// The first bytes of a link file: what it counts, and where each section lies.
///
/// Layout, all numbers little-endian: 8 bytes `OSONGPAT`, a 64-bit length `n`, `n` bytes of JSON
/// (this type), then the sections, the first at byte 4,096 and each at a multiple of 64. The file
/// never changes once written. Its digest stands in the index's `corpus.json`.
struct LinkLayout: Codable, Hashable, Sendable {
  static let magic = Array("OSONGPAT".utf8)
  static let currentFormat = 1
  static let room = 4_096

  struct Extent: Codable, Hashable, Sendable {
    let offset: Int
    let length: Int
  }

  enum Section: String, Codable, CaseIterable, CodingKeyRepresentable, Sendable {
    /// The key of each compound's standardised SMILES, 16 bytes, ascending: a compound's place here
    /// is its number.
    case structureKeys
    /// Where each compound's links begin, 64-bit counts, one more than compounds.
    case linkStarts
    /// Links: document 32 bits, fields 8 bits, 24 bits of nothing.
    case links
    /// Pairs of a 64-bit key and a compound's number, ascending: by InChIKey, by the part of it that
    /// stands for connectivity, and by Murcko scaffold. Parted in two: keys, then numbers.
    case identityKeys, identityCompounds
    case connectivityKeys, connectivityCompounds
    case scaffoldKeys, scaffoldCompounds
    /// Documents, 32 bytes each; see `DocumentRecord`.
    case documents
    /// Families, 16 bytes each: identifier's place, earliest date, members, nothing.
    case families
    /// Texts, each behind its length in 32 bits, documents and families at multiples of 8 bytes.
    case texts
  }

  let format: Int
  let compounds: Int
  let links: Int
  let documents: Int
  let families: Int
  let sections: [Section: Extent]

  /// What a section must measure; nil where only the file knows.
  func length(of section: Section) -> Int? {
    switch section {
    case .structureKeys: compounds * 16
    case .linkStarts: (compounds + 1) * 8
    case .links: links * 8
    case .identityKeys, .connectivityKeys: compounds * 8
    case .identityCompounds, .connectivityCompounds: compounds * 4
    // Molecules without a ring have no scaffold.
    case .scaffoldKeys, .scaffoldCompounds: nil
    case .documents: documents * DocumentRecord.bytes
    case .families: families * 16
    case .texts: nil
    }
  }

  /// Why the layout does not fit a file of so many bytes; nil when it does.
  func contradiction(byteCount: Int) -> String? {
    let counts = [compounds, links, documents, families]
    let bound = Int(UInt32.max)
    guard counts.allSatisfy({ $0 >= 0 && $0 < 1 << 40 }), compounds < bound, documents < bound,
      families < bound
    else { return "its counts make no sense" }
    for section in Section.allCases {
      guard let extent = sections[section] else { return "section \(section.rawValue) is missing" }
      guard extent.offset >= Self.room, extent.length >= 0, extent.length <= byteCount,
        extent.offset <= byteCount - extent.length
      else { return "section \(section.rawValue) lies outside the file" }
      if let expected = length(of: section), expected != extent.length {
        return "section \(section.rawValue) has \(extent.length) bytes, expected \(expected)"
      }
    }
    let scaffolds = sections[.scaffoldKeys]?.length ?? 0
    guard scaffolds % 8 == 0, sections[.scaffoldCompounds]?.length == scaffolds / 2 else {
      return "its scaffolds do not fit one another"
    }
    return nil
  }
}

/// A document as it lies in the file: eight numbers of 32 bits.
struct DocumentRecord {
  static let bytes = 32
  /// Stands for no text and no family.
  static let none = UInt32.max

  /// The place of its text, in units of 8 bytes: number, assignee, classes.
  var text: UInt32
  /// Its family's number.
  var family: UInt32
  var published: PatentDate?
  var priority: PatentDate?
  var expiry: PatentDate?
  var exclusivity: PatentDate?
}
