import Entities
import Records

/// Columns of a table by name, row by row, with refusals counted.
struct StudyTable {
  private let reader: TableReader
  private let places: [Int?]
  private let names: [String]
  /// Rows that were refused, by code of the reason.
  private(set) var refusals: [RefusedRecord] = []
  /// How many were refused, and how many rows there were.
  private(set) var refused = 0, rows = 0

  /// Opens a table; throws where a needed column is missing.
  init(_ path: String, needed: [String], optional: [String?] = []) throws {
    let source = RecordSource(argument: path)
    reader = try TableReader(source)
    let header = reader.header
    for name in needed + optional.compactMap({ $0 }) {
      let found = header.count { $0 == name }
      guard found == 1 else {
        throw HospitalError(
          "\(source.name): \(found == 0 ? "no" : "more than one") column \(name) among "
            + header.prefix(12).joined(separator: ", "))
      }
    }
    names = needed + optional.map { $0 ?? "" }
    places =
      needed.map { name in header.firstIndex { $0 == name } }
      + optional.map { name in name.flatMap { name in header.firstIndex { $0 == name } } }
  }

  /// Hands each row's values to a body, which may refuse it with a reason.
  mutating func forEach(_ body: ([String?]) throws(Refusal) -> Void) throws {
    while let row = try reader.next() {
      rows += 1
      switch row {
      case .refused(let record, _): refuse(record)
      case .row(let row):
        do throws(Refusal) { try body(places.map { $0.map { row.fields[$0] } }) } catch {
          refuse(RefusedRecord(line: row.line, reason: error))
        }
      }
    }
  }

  /// Only the first refusals are kept as examples; all are counted.
  private mutating func refuse(_ record: RefusedRecord) {
    refused += 1
    if refusals.count < 20 { refusals.append(record) }
  }

  /// The text of a needed field.
  func text(_ fields: [String?], _ place: Int) throws(Refusal) -> String {
    guard let text = fields[place], !text.isEmpty else {
      throw .missingValue(column: names[place])
    }
    return text
  }

  /// A needed day.
  func day(_ fields: [String?], _ place: Int) throws(Refusal) -> Int {
    let text = try text(fields, place)
    guard let day = StudyDay.read(text) else {
      throw .notANumber(column: names[place], text: String(text.prefix(40)))
    }
    return day
  }

  /// A day that may be empty.
  func optionalDay(_ fields: [String?], _ place: Int) throws(Refusal) -> Int? {
    guard let text = fields[place], !text.isEmpty, text != "NA" else { return nil }
    return try day(fields, place)
  }

  /// A needed number.
  func number(_ fields: [String?], _ place: Int) throws(Refusal) -> Double {
    let text = try text(fields, place)
    guard let number = Double(text), number.isFinite else {
      throw .notANumber(column: names[place], text: String(text.prefix(40)))
    }
    return number
  }
}
