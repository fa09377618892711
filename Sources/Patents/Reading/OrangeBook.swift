import Entities
import Records

/// The FDA's Orange Book, as far as it speaks of patents: `patent.txt`, `exclusivity.txt` and
/// `products.txt`, fields parted by `~`.
///
/// It is a few megabytes and is held in memory. It names no structures: its dates of expiry are
/// joined to documents by their numbers. FDA, Orange Book Data Files, "Field descriptions".
public struct OrangeBook: Hashable, Sendable {
  /// What is listed for one patent.
  public struct Listing: Hashable, Sendable {
    /// The latest date of expiry among the products that list it, an extension for studies in
    /// children (`*PED`) included.
    public var expiry: PatentDate?
    /// The applications that list it, as type and number: `N020610`.
    public var applications: Set<String> = []
  }

  /// What is listed, by the patent's number.
  public private(set) var listings: [PatentNumber: Listing] = [:]
  /// The latest exclusivity of each application.
  public private(set) var exclusivities: [String: PatentDate] = [:]
  /// The active ingredients of each application.
  public private(set) var ingredients: [String: String] = [:]

  /// An empty book.
  public init() {}

  /// The facts about one listed patent.
  public func facts(_ number: PatentNumber) -> DocumentFacts {
    let listing = listings[number]
    let ends = (listing?.applications ?? []).compactMap { exclusivities[$0] }
    return DocumentFacts(number: number, expiry: listing?.expiry, exclusivity: ends.max())
  }

  /// The active ingredients whose applications list a patent, sorted.
  public func ingredients(of number: PatentNumber) -> [String] {
    Set((listings[number]?.applications ?? []).compactMap { ingredients[$0] }).sorted()
  }

  /// Takes a row of one of the three files.
  mutating func take(
    _ row: RowFields, _ layout: PatentLayout, _ columns: TableColumns, _ output: RowOutput
  ) throws {
    let number = row[columns.index("applno")]
    guard !number.isEmpty else {
      throw RowRefusal(id: "", reason: .missingValue(column: "Appl_No"))
    }
    let application = row[columns.index("appltype")] + number
    switch layout {
    case .orangeBookPatents:
      let text = row[columns.index("patentno")]
      // `7625884*PED`: the same patent with half a year more, for studies in children.
      guard let patent = PatentNumber(String(text.prefix { $0 != "*" }), office: "US") else {
        throw RowRefusal(
          id: application, reason: .unreadable("\(text.prefix(40)) is no number of a patent"))
      }
      let expiry = row.date(
        columns.index(anyOf: ["patentexpiredatetext", "patentexpiredate"]), output)
      var listing = listings[patent] ?? Listing()
      listing.expiry = [listing.expiry, expiry].compactMap { $0 }.max()
      listing.applications.insert(application)
      listings[patent] = listing
    case .orangeBookExclusivity:
      guard let date = row.date(columns.index("exclusivitydate"), output) else {
        throw RowRefusal(id: application, reason: .missingValue(column: "Exclusivity_Date"))
      }
      exclusivities[application] = max(exclusivities[application] ?? date, date)
    default:
      let ingredient = row[columns.index("ingredient")]
      guard !ingredient.isEmpty else {
        throw RowRefusal(id: application, reason: .missingValue(column: "Ingredient"))
      }
      ingredients[application] = min(ingredients[application] ?? ingredient, ingredient)
    }
  }
}

/// Reads rows parted by `~` in bounded memory.
final class TildeRows {
  private let bytes: RecordBytes
  private let limit: Int
  private var held: [UInt8] = []
  private var place = 0
  private var isAtEnd = false
  /// The line last read, counted from 1.
  private(set) var line = 0

  init(_ source: RecordSource, limit: Int = RecordLimits.default.recordBytes) throws {
    bytes = try RecordBytes(source)
    self.limit = limit
  }

  /// The fields of the next line that is not blank; nil at the end.
  ///
  /// A line that is no text or longer than the limit has no fields.
  func next() throws -> [String]? {
    while let text = try nextLine() {
      line += 1
      guard let text else { return [] }
      if text.allSatisfy(\.isWhitespace) { continue }
      return text.split(separator: "~", omittingEmptySubsequences: false).map(String.init)
    }
    return nil
  }

  private func nextLine() throws -> String?? {
    var length = 0
    while true {
      if let end = held[(place + length)...].firstIndex(of: 0x0A) {
        defer { place = end + 1 }
        return .some(text(place..<end))
      }
      length = held.count - place
      if length > limit { return .some(try skip()) }
      guard !isAtEnd, let piece = try bytes.next() else {
        isAtEnd = true
        defer { place = held.count }
        return place < held.count ? .some(text(place..<held.count)) : nil
      }
      held.removeFirst(place)
      place = 0
      held += piece
    }
  }

  private func text(_ range: Range<Int>) -> String? {
    var range = range
    if range.last.map({ held[$0] == 0x0D }) ?? false {
      range = range.lowerBound..<range.upperBound - 1
    }
    guard range.count <= limit, !held[range].contains(0) else { return nil }
    return String(validating: held[range], as: UTF8.self)
  }

  /// Drops the rest of a line that is too long.
  private func skip() throws -> String? {
    held.removeAll()
    place = 0
    while let piece = try bytes.next() {
      if let end = piece.firstIndex(of: 0x0A) {
        held = Array(piece[(end + 1)...])
        return nil
      }
    }
    isAtEnd = true
    return nil
  }
}
