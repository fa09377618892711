public import Provenance

/// How a row names its document.
public enum DocumentReference: Hashable, Sendable {
  /// By its number.
  case number(PatentNumber)
  /// By a number of the table alone, which another table turns into a document's.
  case local(table: LocalTable, id: String)

  /// The tables whose own numbers stand for documents.
  public enum LocalTable: String, Hashable, Sendable {
    /// SureChEMBL's `patents`.
    case sureChEMBL = "surechembl"
    /// PATSTAT's applications.
    case patstat = "appln"
  }

  /// What stands for the document in a sort.
  public var key: ContentKey {
    switch self {
    case .number(let number): ContentKey(of: "number:\(number.text)")
    case .local(let table, let id): ContentKey(of: "\(table.rawValue):\(id)")
    }
  }
}

/// What one row says about a document.
public struct DocumentFacts: Hashable, Sendable {
  /// The number, where the row tells it.
  public var number: PatentNumber?
  /// When it was published.
  public var published: PatentDate?
  /// The earliest filing or priority date.
  public var priority: PatentDate?
  /// The family's identifier.
  public var family: String?
  /// Who holds it: an organisation.
  public var assignee: String?
  /// When protection ends, as listed.
  public var expiry: PatentDate?
  /// When the latest exclusivity of a product that lists it ends.
  public var exclusivity: PatentDate?
  /// Symbols of its classes, sorted.
  public var classes: [String]

  /// The most classes kept of one document.
  static let mostClasses = 64
  /// The longest text kept of a name, in characters.
  static let longestName = 200

  /// Creates facts.
  public init(
    number: PatentNumber? = nil, published: PatentDate? = nil, priority: PatentDate? = nil,
    family: String? = nil, assignee: String? = nil, expiry: PatentDate? = nil,
    exclusivity: PatentDate? = nil, classes: [String] = []
  ) {
    self.number = number
    self.published = published
    self.priority = priority
    self.family = family
    self.assignee = assignee.map { String($0.prefix(Self.longestName)) }
    self.expiry = expiry
    self.exclusivity = exclusivity
    self.classes = classes
  }

  /// The first day that anything is known of the document.
  public var earliest: PatentDate? {
    [priority, published].compactMap { $0 }.min()
  }

  /// Adds what another row says: the earliest dates, the latest ends, of two names the first in the
  /// alphabet; so the order of rows does not matter.
  public mutating func merge(_ other: DocumentFacts) {
    func first<Value: Comparable>(_ one: Value?, _ two: Value?) -> Value? {
      [one, two].compactMap { $0 }.min()
    }
    number = number ?? other.number
    published = first(published, other.published)
    priority = first(priority, other.priority)
    family = first(family, other.family)
    assignee = first(assignee, other.assignee)
    expiry = [expiry, other.expiry].compactMap { $0 }.max()
    exclusivity = [exclusivity, other.exclusivity].compactMap { $0 }.max()
    if !other.classes.isEmpty {
      classes = Array(Set(classes + other.classes).sorted().prefix(Self.mostClasses))
    }
  }
}

extension DocumentFacts {
  /// The facts as bytes for a sort; equal facts give equal bytes.
  var payload: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(text: number?.text ?? "")
    for date in [published, priority, expiry, exclusivity] {
      bytes.append(number: date?.days ?? .min)
    }
    bytes.append(text: family ?? "")
    bytes.append(text: assignee ?? "")
    bytes.append(number: UInt32(classes.count))
    for symbol in classes { bytes.append(text: symbol) }
    return bytes
  }

  init(payload: some Collection<UInt8>) {
    var cursor = ByteCursor(payload)
    func date() -> PatentDate? {
      let days = cursor.number(Int32.self)
      return days == .min ? nil : PatentDate(days: days)
    }
    func text() -> String? {
      let text = cursor.text()
      return text.isEmpty ? nil : text
    }
    self.init()
    number = text().flatMap { PatentNumber($0) }
    published = date()
    priority = date()
    expiry = date()
    exclusivity = date()
    family = text()
    assignee = text()
    classes = (0..<Int(cursor.number(UInt32.self))).map { _ in cursor.text() }
  }
}
