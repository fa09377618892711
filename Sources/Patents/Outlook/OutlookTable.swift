public import Entities
import Records

/// Why an outlook cannot be computed: one sentence.
public struct OutlookError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The sentence.
  public let description: String

  /// Takes a sentence.
  public init(_ description: String) { self.description = description }
}

/// What became of a table's rows.
public struct OutlookRows: Hashable, Sendable {
  /// Rows taken.
  public internal(set) var taken = 0
  /// Rows refused, by the refusal's code.
  public internal(set) var refused: [String: Int] = [:]
  /// The first hundred of the refused, with line and reason.
  public internal(set) var examples: [RefusedRecord] = []

  /// No rows.
  public init() {}

  mutating func refuse(_ record: RefusedRecord) {
    refused[record.reason.code, default: 0] += 1
    if examples.count < 100 { examples.append(record) }
  }
}

/// Reads named columns of a table row by row; a row that cannot be used is counted.
struct OutlookTable {
  /// A column by its usual names, or by the one that was given.
  struct Column {
    let names: [String]
    let isNeeded: Bool

    init(_ given: String?, or usual: [String], isNeeded: Bool = true) {
      names = given.map { [$0] } ?? usual
      self.isNeeded = isNeeded || given != nil
    }
  }

  private let reader: TableReader
  private let places: [Int?]

  init(_ source: RecordSource, _ columns: [Column]) throws {
    // A table of counts has no structure to be known by: what no name tells apart is CSV.
    let reader = try TableReader(source, format: RecordFormat(path: source.name) ?? .csv)
    let header = reader.header.map { $0.lowercased() }
    places = try columns.map { column in
      for name in column.names {
        if let place = header.firstIndex(of: name.lowercased()) { return place }
      }
      guard !column.isNeeded else {
        throw OutlookError(
          "\(source.name) has no column \(column.names.joined(separator: ", ")); it has "
            + reader.header.prefix(8).map { String($0.prefix(40)) }.joined(separator: ", "))
      }
      return nil
    }
    self.reader = reader
  }

  /// Hands out the trimmed values of the columns, empty for one that is not there.
  func read(
    into rows: inout OutlookRows, _ take: ([String]) throws -> Refusal?
  ) throws {
    while let read = try reader.next() {
      switch read {
      case .refused(let record, _): rows.refuse(record)
      case .row(let row):
        let values = places.map { place in place.map { Self.trimmed(row.fields[$0]) } ?? "" }
        if let reason = try take(values) {
          rows.refuse(RefusedRecord(line: row.line, reason: reason))
        } else {
          rows.taken += 1
        }
      }
    }
  }

  private static func trimmed(_ text: String) -> String {
    let inner = text.drop(while: \.isWhitespace)
    return String(
      inner.prefix(
        upTo: inner.lastIndex { !$0.isWhitespace }.map(inner.index(after:))
          ?? inner.startIndex))
  }

  /// A year from 1790, the first US patent, to 2200, of `2016` or of a date that begins with it.
  static func year(_ text: String) -> Int? {
    let start = text.utf8.prefix(4)
    let rest = text.utf8.dropFirst(4).first
    guard start.count == 4, start.allSatisfy({ (0x30...0x39).contains($0) }),
      rest == nil || rest == 0x2D || rest == 0x2F || rest == 0x2E || text.utf8.count == 8,
      let year = Int(text.prefix(4)), (1790...2200).contains(year)
    else { return nil }
    return year
  }

  /// A finite count from 0 on.
  static func count(_ text: String) -> Double? {
    guard let value = Double(text), value.isFinite, value >= 0, value < 1e15 else { return nil }
    return value
  }
}
