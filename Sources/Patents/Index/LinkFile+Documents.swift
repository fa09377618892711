/// A document that a structure stands in.
public struct PatentDocument: Codable, Hashable, Sendable {
  /// Its number, such as `US9693992`.
  public var number: String
  /// The family's identifier; nil where the corpus tells none.
  public var family: String?
  /// How many documents of the corpus the family has; nil without a family.
  public var familySize: Int?
  /// The earliest day known of the family: a priority, a filing or a publication; of the document
  /// alone where it has no family.
  public var earliest: PatentDate?
  /// When it was published.
  public var published: PatentDate?
  /// Who holds it.
  public var assignee: String?
  /// The parts that the structure stands in, the weightiest first; empty where that is not told.
  public var fields: [PatentField]
  /// When protection ends, as the Orange Book lists it.
  public var expiry: PatentDate?
  /// When the latest exclusivity of a product that lists it ends.
  public var exclusivity: PatentDate?
  /// Symbols of its classes.
  public var classes: [String]

  /// Creates a document.
  public init(
    number: String, family: String? = nil, familySize: Int? = nil, earliest: PatentDate? = nil,
    published: PatentDate? = nil, assignee: String? = nil, fields: [PatentField] = [],
    expiry: PatentDate? = nil, exclusivity: PatentDate? = nil, classes: [String] = []
  ) {
    self.number = number
    self.family = family
    self.familySize = familySize
    self.earliest = earliest
    self.published = published
    self.assignee = assignee
    self.fields = fields
    self.expiry = expiry
    self.exclusivity = exclusivity
    self.classes = classes
  }

  /// Whether this one is named before another: by the weight of its field, then by its family's
  /// earliest day (unknown ones last), then by its number.
  public func leads(_ other: PatentDocument) -> Bool {
    func rank(_ document: PatentDocument) -> (Int, Int32, String) {
      (
        -(document.fields.first?.weight ?? 0), document.earliest?.days ?? .max, document.number
      )
    }
    return rank(self) < rank(other)
  }
}

extension LinkFile {
  /// The documents of a compound, one for each, the leading one first.
  ///
  /// - Complexity: O(links of the compound × log of them)
  public func documents(of compound: Int) -> [PatentDocument] {
    guard (0..<compounds).contains(compound) else { return [] }
    let first = start(of: compound)
    let last = max(first, start(of: compound + 1))
    return (first..<last).compactMap { link in
      let place = offset(.links) + link * 8
      let fields = PatentFields(rawValue: bytes.number(UInt8.self, at: place + 4))
      return document(Int(bytes.number(UInt32.self, at: place)), fields)
    }.sorted { $0.leads($1) }
  }

  private func document(_ number: Int, _ fields: PatentFields) -> PatentDocument? {
    guard number < documents else { return nil }
    let place = offset(.documents) + number * DocumentRecord.bytes
    func date(_ place: Int) -> PatentDate? {
      let days = bytes.number(Int32.self, at: place)
      return days == .min ? nil : PatentDate(days: days)
    }
    let texts = self.texts(bytes.number(UInt32.self, at: place), count: 3)
    let published = date(place + 8)
    let priority = date(place + 12)
    var document = PatentDocument(
      number: texts[0], earliest: [published, priority].compactMap { $0 }.min(),
      published: published, assignee: texts[1].isEmpty ? nil : texts[1], fields: fields.fields,
      expiry: date(place + 16), exclusivity: date(place + 20),
      classes: texts[2].split(separator: "|").map(String.init))
    let family = Int(bytes.number(UInt32.self, at: place + 4))
    if family < families {
      let place = offset(.families) + family * 16
      document.family = self.texts(bytes.number(UInt32.self, at: place), count: 1)[0]
      document.earliest = date(place + 4) ?? document.earliest
      document.familySize = Int(bytes.number(UInt32.self, at: place + 8))
    }
    return document
  }

  /// Texts one behind another; of a damaged file some texts, never a crash.
  private func texts(_ place: UInt32, count: Int) -> [String] {
    let section = layout.sections[.texts]
    let end = (section?.offset ?? 0) + (section?.length ?? 0)
    var cursor = (section?.offset ?? 0) + Int(place) * 8
    return (0..<count).map { _ in
      guard cursor + 4 <= end else { return "" }
      let length = Int(bytes.number(UInt32.self, at: cursor))
      let stop = min(cursor + 4 + length, end)
      defer { cursor = stop }
      return String(decoding: bytes.bytes(in: cursor + 4..<stop), as: UTF8.self)
    }
  }
}
