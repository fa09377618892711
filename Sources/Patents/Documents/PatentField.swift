/// The part of a document that a structure was found in.
///
/// The raw value is SureChEMBL's code (its map files' and its `fields` table's).
public enum PatentField: UInt8, CaseIterable, Codable, Hashable, Sendable {
  /// The description.
  case description = 1
  /// The claims.
  case claims = 2
  /// The abstract.
  case abstract = 3
  /// The title.
  case title = 4
  /// An image in the document, read by a program.
  case image = 5
  /// A MOL file handed in with a US document.
  case attachment = 6

  /// How much a place says about what the document is for: claims above title, abstract,
  /// description; a structure that only a picture or an attached file shows comes last.
  public var weight: Int {
    switch self {
    case .claims: 6
    case .title: 5
    case .abstract: 4
    case .description: 3
    case .attachment: 2
    case .image: 1
    }
  }

  /// The name in a sentence.
  public var name: String {
    switch self {
    case .description: "description"
    case .claims: "claims"
    case .abstract: "abstract"
    case .title: "title"
    case .image: "image"
    case .attachment: "attachment"
    }
  }

  /// Reads a code or a name as sources write them; nil for anything else.
  public init?(text: String) {
    let plain = text.lowercased().filter { $0.isLetter || $0.isNumber }
    if let code = UInt8(plain), let field = PatentField(rawValue: code) {
      self = field
      return
    }
    switch plain {
    case "desc", "description", "descriptions": self = .description
    case "clms", "clm", "claim", "claims": self = .claims
    case "abst", "abs", "abstract": self = .abstract
    case "ttl", "title", "titles": self = .title
    case "image", "images", "img": self = .image
    case "mol", "molattachment", "attachment", "cwu": self = .attachment
    default: return nil
    }
  }
}

/// The parts of one document that a structure was found in, one bit each.
public struct PatentFields: OptionSet, Hashable, Sendable {
  /// Bit `code` for each field.
  public let rawValue: UInt8

  /// A set from its bits; bits that stand for no field are left out.
  public init(rawValue: UInt8) { self.rawValue = rawValue & 0b111_1110 }

  /// A set of one field.
  public init(_ field: PatentField) { rawValue = 1 << field.rawValue }

  /// The fields, the weightiest first.
  public var fields: [PatentField] {
    PatentField.allCases.filter { contains(PatentFields($0)) }.sorted { $0.weight > $1.weight }
  }

  /// The weight of the weightiest field; 0 where the source does not tell the field.
  public var weight: Int { fields.first?.weight ?? 0 }
}
