import Entities
import Records

/// The reports of all quarters, and which of them speak for their case.
struct AgencyCases {
  /// A report's number in the agency's files: an ISR and a primaryid may be equal and are not one.
  struct Number: Hashable {
    let isOld: Bool, value: Int
  }

  private(set) var reports: [Number: UInt32] = [:]
  private var origins: [(file: String, line: Int)] = []
  private var caseOf: [Int] = []
  private var days: [Int] = []
  private var numbers: [Number] = []
  private var places: [Int] = []
  private var withdrawn = Set<Int>()
  /// 0 for women, 1 for men, 2 where it is not known.
  private(set) var sexes: [UInt8] = []
  /// Whether a report is its case's newest.
  private(set) var isKept: [Bool] = []

  var count: Int { caseOf.count }

  /// Reads a quarter's DEMO file.
  mutating func add(_ path: String, refused: RefusedRows) throws -> ReportAccount {
    let reader = try AgencyRows(path)
    let needed = [reader.id, try reader.column("caseid", "case"), try reader.column("fda_dt")]
    let columns = needed + [reader.optional("sex", "gndr_cod")].compactMap { $0 }
    let place = places.last.map { $0 + 1 } ?? 0
    return try reader.rows(columns, refused: refused) { line, fields in
      guard let value = AgencyRows.number(fields[0]) else {
        return .refuse(Self.reason(fields[0], reader.idName))
      }
      guard let own = AgencyRows.number(fields[1]) else {
        return .refuse(Self.reason(fields[1], "caseid"))
      }
      let number = Number(isOld: reader.isOld, value: value)
      if let first = reports[number] {
        let origin = origins[Int(first)]
        return .refuse(
          .duplicateIdentifier(
            firstLine: origin.line, input: origin.file == reader.name ? nil : origin.file))
      }
      reports[number] = UInt32(caseOf.count)
      origins.append((reader.name, line))
      numbers.append(number)
      caseOf.append(own)
      days.append(Self.day(fields[2]))
      places.append(place)
      sexes.append(fields.count > 3 ? Self.sex(fields[3]) : 2)
      return .use
    }
  }

  /// Reads a list of cases that the agency withdrew, one number a line.
  mutating func withdraw(_ path: String, refused: RefusedRows) throws -> ReportAccount {
    let source = RecordSource.file(path)
    let table = try TableReader(source, format: .csv, hasHeader: false)
    var account = ReportAccount(file: source.fileName)
    while let found = try table.next() {
      account.rows += 1
      if case .row(let row) = found, let number = AgencyRows.number(row.fields[0]) {
        withdrawn.insert(number)
        account.used += 1
      } else {
        account.refused += 1
        switch found {
        case .refused(let record, _): try refused(account.file, record)
        case .row(let row):
          try refused(
            account.file,
            RefusedRecord(line: row.line, reason: Self.reason(row.fields[0], "caseid")))
        }
      }
    }
    return account
  }

  /// Keeps each case's newest report: the latest FDA_DT, then the highest number.
  mutating func choose(_ accounts: inout [ReportAccount]) {
    var best: [Int: Int] = [:]
    for report in caseOf.indices where !withdrawn.contains(caseOf[report]) {
      if let other = best[caseOf[report]], !isNewer(report, than: other) { continue }
      best[caseOf[report]] = report
    }
    isKept = [Bool](repeating: false, count: count)
    for report in best.values { isKept[report] = true }
    for report in caseOf.indices where !isKept[report] {
      accounts[places[report]].used -= 1
      accounts[places[report]].superseded += 1
    }
  }

  private func isNewer(_ one: Int, than other: Int) -> Bool {
    // On one day a primaryid is newer than an ISR, whose series had ended.
    let (a, b) = (numbers[one], numbers[other])
    return (days[one], a.isOld ? 0 : 1, a.value) > (days[other], b.isOld ? 0 : 1, b.value)
  }

  private static func reason(_ text: String, _ column: String) -> Refusal {
    text.isEmpty
      ? .missingValue(column: column) : .unreadable("its \(column) is no whole number")
  }

  /// A date as a number that can be compared; a year or a month alone is its beginning, and a date
  /// that cannot be read is older than all.
  private static func day(_ text: String) -> Int {
    guard (4...8).contains(text.utf8.count), let value = AgencyRows.number(text) else { return 0 }
    return (text.utf8.count..<8).reduce(value) { sum, _ in sum * 10 }
  }

  private static func sex(_ code: String) -> UInt8 {
    switch code.uppercased() {
    case "F": 0
    case "M": 1
    default: 2
    }
  }
}
