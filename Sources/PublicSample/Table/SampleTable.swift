public import Entities
public import Records

/// A table of a public sample: some of its columns, every row taken or refused with its reason.
///
/// Only the named columns are kept, so memory is rows × columns asked for.
public struct SampleTable: Sendable {
  /// What a column has to hold.
  public enum Kind: Hashable, Sendable {
    /// Any text; an empty one refuses the row.
    case text
    /// Any text; an empty one, `NA` or `.` is missing.
    case optionalText
    /// A number, or missing; another text refuses the row.
    case number
    /// A number above 0; anything else refuses the row.
    case positive
    /// A number from 0 on; anything else refuses the row.
    case notNegative
  }

  /// The rows that were not taken, by the refusal's code, and the first thousand of them.
  public struct Refused: Sendable {
    /// How many, by code.
    public private(set) var counts: [String: Int] = [:]
    /// The first of them.
    public private(set) var examples: [RefusedRecord] = []

    /// How many in all.
    public var total: Int { counts.values.reduce(0, +) }

    mutating func add(_ record: RefusedRecord) {
      counts[record.reason.code, default: 0] += 1
      if examples.count < 1000 { examples.append(record) }
    }
  }

  /// Rows that were taken.
  public let rows: Int
  /// Rows that were not.
  public let refused: Refused
  private let texts: [String: [String]]
  private let numbers: [String: [Double?]]

  /// What stands for a missing value.
  static let missing: Set<String> = ["", "NA", ".", "NaN", "null"]

  /// Reads a table.
  ///
  /// - Parameter columns: the columns that are wanted, with what they hold.
  public init(_ source: RecordSource, columns: [String: Kind]) throws(SampleError) {
    let wanted = columns.sorted { $0.key < $1.key }
    let table = try Self.open(source)
    let places = try Self.places(of: wanted.map(\.key), in: table.header, source: source.name)
    var texts = wanted.map { _ in [String]() }
    var numbers = wanted.map { _ in [Double?]() }
    var refused = Refused()
    var rows = 0
    while let read = try Self.next(table) {
      let row: TableRow
      switch read {
      case .refused(let record, _):
        refused.add(record)
        continue
      case .row(let found): row = found
      }
      var fields: [(text: String, number: Double?)] = []
      var fault: Refusal?
      for (place, column) in zip(places, wanted) {
        switch Self.value(row.fields[place], column.key, column.value) {
        case .success(let value): fields.append(value)
        case .failure(let reason):
          fault = reason
        }
        if fault != nil { break }
      }
      if let fault {
        refused.add(RefusedRecord(line: row.line, reason: fault))
        continue
      }
      rows += 1
      for (place, column) in wanted.enumerated() {
        if column.value.isNumber {
          numbers[place].append(fields[place].number)
        } else {
          texts[place].append(fields[place].text)
        }
      }
    }
    guard rows > 0 else {
      let first = refused.examples.first.map { ": line \($0.line) \($0.reason)" } ?? ""
      throw SampleError("\(source.name) has no row that can be used\(first)")
    }
    self.rows = rows
    self.refused = refused
    self.texts = Dictionary(
      uniqueKeysWithValues: zip(wanted, texts).filter { !$0.0.value.isNumber }
        .map { ($0.0.key, $0.1) })
    self.numbers = Dictionary(
      uniqueKeysWithValues: zip(wanted, numbers).filter { $0.0.value.isNumber }
        .map { ($0.0.key, $0.1) })
  }

  /// A column of texts, one a row.
  public func text(_ column: String) -> [String] {
    guard let found = texts[column] else { preconditionFailure("\(column) was not read as text") }
    return found
  }

  /// A column of numbers, one a row.
  public func number(_ column: String) -> [Double?] {
    guard let found = numbers[column] else {
      preconditionFailure("\(column) was not read as numbers")
    }
    return found
  }

  private static func value(
    _ text: String, _ column: String, _ kind: Kind
  ) -> Result<(text: String, number: Double?), Refusal> {
    let isMissing = missing.contains(text)
    if kind == .optionalText { return .success((isMissing ? "" : text, nil)) }
    if isMissing {
      return kind == .number ? .success(("", nil)) : .failure(.missingValue(column: column))
    }
    if kind == .text { return .success((text, nil)) }
    guard let number = Double(text), number.isFinite else {
      return .failure(.notANumber(column: column, text: String(text.prefix(40))))
    }
    if kind == .positive, number <= 0 {
      return .failure(.filtered("column \(column) holds \(text), which is not above 0"))
    }
    if kind == .notNegative, number < 0 {
      return .failure(.filtered("column \(column) holds \(text), which is below 0"))
    }
    return .success(("", number))
  }

  static func open(_ source: RecordSource) throws(SampleError) -> TableReader {
    var format: RecordFormat?
    if case .bytes(let bytes) = source {
      // Bytes have no name to go by, and a table of two columns looks like other things too.
      let header = bytes.prefix { $0 != UInt8(ascii: "\n") }
      format = header.contains(UInt8(ascii: "\t")) ? .tsv : .csv
    }
    do { return try TableReader(source, format: format) } catch { throw SampleError("\(error)") }
  }

  static func next(_ table: TableReader) throws(SampleError) -> ReadRow? {
    do { return try table.next() } catch { throw SampleError("\(error)") }
  }

  /// Where columns stand; one that is not there, or twice, is the user's to mend.
  static func places(
    of names: [String], in header: [String], source: String
  ) throws(SampleError) -> [Int] {
    var places: [Int] = []
    for name in names {
      let found = header.indices.filter { header[$0] == name }
      guard let first = found.first else {
        let shown = header.prefix(12).map { String($0.prefix(40)) }.joined(separator: ", ")
        throw SampleError(
          "\(source) has no column \(name); it has \(shown)\(header.count > 12 ? ", …" : "")")
      }
      guard found.count == 1 else {
        throw SampleError("\(source) names the column \(name) \(found.count) times")
      }
      places.append(first)
    }
    return places
  }
}

extension SampleTable.Kind {
  var isNumber: Bool { self == .number || self == .positive || self == .notNegative }
}
