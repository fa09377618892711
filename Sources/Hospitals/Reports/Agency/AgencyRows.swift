import Entities
import Records

/// The rows of one of the agency's files, each with its report.
struct AgencyRows {
  /// What is done with a row.
  enum Fate {
    case use, otherRole, refuse(Refusal)
  }

  /// The file's name.
  let name: String
  /// The column of the report's number.
  let id: Int
  /// Whether that is an ISR: AERS, to 2012Q3.
  let isOld: Bool
  private let reader: UnquotedReader
  private let cases: AgencyCases?

  /// Opens a file; its header tells the layout.
  init(_ path: String, _ cases: AgencyCases? = nil) throws {
    let source = RecordSource.file(path)
    reader = try UnquotedReader(source, separator: UInt8(ascii: "$"))
    name = source.fileName
    self.cases = cases
    if let new = reader.column(["primaryid"]) {
      (id, isOld) = (new, false)
    } else if let old = reader.column(["isr"]) {
      (id, isOld) = (old, true)
    } else {
      throw HospitalError(
        "\(source.name): neither a column primaryid (since 2012Q4) nor isr (before) is in the header"
      )
    }
  }

  var idName: String { isOld ? "isr" : "primaryid" }

  func optional(_ names: String...) -> Int? { reader.column(names) }

  func column(_ names: String...) throws -> Int {
    guard let column = reader.column(names) else {
      throw HospitalError("\(name): no column \(names.joined(separator: " or ")) in the header")
    }
    return column
  }

  /// Reads all rows; the values of the columns are handed over with the line.
  func rows(
    _ columns: [Int], refused: RefusedRows, _ take: (Int, [String]) throws -> Fate
  ) throws -> ReportAccount {
    try walk(columns, refused) { account, line, fields in
      switch try take(line, fields) {
      case .use: account.used += 1
      case .otherRole: account.otherRoles += 1
      case .refuse(let reason): return reason
      }
      return nil
    }
  }

  /// Reads the rows of reports that speak for their case.
  func read(
    _ columns: [Int], refused: RefusedRows, _ take: (UInt32, [String]) throws -> Fate
  ) throws -> ReportAccount {
    guard let cases else { preconditionFailure("a file of rows needs the cases") }
    return try walk([id] + columns, refused) { account, _, fields in
      guard let value = Self.number(fields[0]) else {
        return fields[0].isEmpty
          ? .missingValue(column: idName) : .unreadable("its \(idName) is no whole number")
      }
      guard let report = cases.reports[.init(isOld: isOld, value: value)] else {
        return .filtered("its report has no usable row in the DEMO files")
      }
      guard cases.isKept[Int(report)] else {
        account.superseded += 1
        return nil
      }
      switch try take(report, Array(fields.dropFirst())) {
      case .use: account.used += 1
      case .otherRole: account.otherRoles += 1
      case .refuse(let reason): return reason
      }
      return nil
    }
  }

  private func walk(
    _ columns: [Int], _ refused: RefusedRows,
    _ take: (inout ReportAccount, Int, [String]) throws -> Refusal?
  ) throws -> ReportAccount {
    var account = ReportAccount(file: name)
    while let found = try reader.next(columns) {
      account.rows += 1
      let refusal: RefusedRecord?
      switch found {
      case .refused(let record, _): refusal = record
      case .row(let row):
        refusal = try take(&account, row.line, row.fields).map {
          RefusedRecord(line: row.line, reason: $0)
        }
      }
      if let refusal {
        account.refused += 1
        try refused(name, refusal)
      }
    }
    account.latinLines = reader.latinLines
    return account
  }

  /// A whole number of at most 18 digits and nothing else.
  static func number(_ text: String) -> Int? {
    guard (1...18).contains(text.utf8.count),
      text.utf8.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") })
    else { return nil }
    return Int(text)
  }
}
