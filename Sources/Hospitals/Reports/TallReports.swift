public import Entities
public import Records

/// Reports as a tall table: one row for each report, drug and event.
///
/// The columns are found by their usual names. A report's stratum is that of its first row; a row
/// that says otherwise is refused. Memory grows by 24 bytes a row and by the distinct names.
public struct TallReports: Sendable {
  /// The files.
  public var sources: [RecordSource]
  /// When two names are one.
  public var drugNames: NameRule, eventNames: NameRule
  /// The column of the strata; nil where nothing is stratified.
  public var stratum: String?

  /// Describes what is read.
  public init(_ sources: [RecordSource], names: NameRule = NameRule(), stratum: String? = nil) {
    self.sources = sources
    drugNames = names
    eventNames = NameRule(style: names.style)
    self.stratum = stratum
  }

  private static let usual = [
    ["caseid", "id", "report", "report_id", "primaryid", "case"],
    ["drug", "var1", "product", "drugname"], ["ae", "var2", "event", "pt", "reaction"],
  ]

  /// Reads and counts; every report is counted once for each of its drugs, events and pairs.
  public func read(refused: RefusedRows) throws -> ReportReading {
    var (drugs, events) = (NameTable(drugNames), NameTable(eventNames))
    var strata = NameTable(NameRule())
    var reports: [String: UInt32] = [:]
    var stratumOf: [UInt32] = []
    var (rowReports, rowPairs): ([UInt32], [UInt64]) = ([], [])
    var accounts: [ReportAccount] = []
    for source in sources {
      let table = try TableReader(source, format: RecordFormat(path: source.name) ?? .csv)
      let columns = try columns(of: table, source)
      var account = ReportAccount(file: source.fileName)
      func refuse(_ line: Int, _ reason: Refusal) throws {
        account.refused += 1
        try refused(account.file, RefusedRecord(line: line, reason: reason))
      }
      while let found = try table.next() {
        account.rows += 1
        guard case .row(let row) = found else {
          if case .refused(let record, _) = found { try refuse(record.line, record.reason) }
          continue
        }
        let id = row.fields[columns[0]]
        guard !id.isEmpty else {
          try refuse(row.line, .missingValue(column: table.header[columns[0]]))
          continue
        }
        guard let drug = drugs.number(of: row.fields[columns[1]]) else {
          try refuse(row.line, .missingValue(column: table.header[columns[1]]))
          continue
        }
        guard let event = events.number(of: row.fields[columns[2]]) else {
          try refuse(row.line, .missingValue(column: table.header[columns[2]]))
          continue
        }
        let own = columns.count > 3 ? strata.number(of: row.fields[columns[3]]) ?? .max : 0
        let report: UInt32
        if let known = reports[id] {
          report = known
          guard stratumOf[Int(known)] == own else {
            try refuse(row.line, .filtered("its report stands in another stratum before"))
            continue
          }
        } else {
          report = UInt32(stratumOf.count)
          reports[id] = report
          stratumOf.append(own)
        }
        account.used += 1
        rowReports.append(report)
        rowPairs.append(PairCounter.key(drug, event))
      }
      accounts.append(account)
    }
    guard !rowReports.isEmpty else { throw HospitalError("no report could be read") }
    let grouped = GroupedByReport(rowReports, rowPairs, count: stratumOf.count)
    let named = stratum == nil ? [""] : strata.names + ["UNKNOWN"]
    var counter = ReportCounter(
      drugs: drugs.names.count, events: events.names.count, strata: named.count)
    for (report, own) in stratumOf.enumerated() {
      counter.add(grouped.distinct(report), stratum: min(Int(own), named.count - 1))
    }
    return ReportReading(
      tally: counter.tally(drugs: drugs.names, events: events.names, strata: named),
      accounts: accounts, incomplete: 0, remarks: [])
  }

  private func columns(of table: TableReader, _ source: RecordSource) throws -> [Int] {
    let names = table.header.map { $0.lowercased() }
    var columns: [Int] = []
    for (what, usual) in zip(["report", "drug", "event"], Self.usual) {
      guard let column = usual.lazy.compactMap({ names.firstIndex(of: $0) }).first else {
        throw HospitalError(
          "\(source.name): no column names the \(what); one of \(usual.joined(separator: ", ")) "
            + "is looked for, in any case")
      }
      columns.append(column)
    }
    if let stratum {
      guard let column = names.firstIndex(of: stratum.lowercased()) else {
        throw HospitalError("\(source.name): no column \(stratum) for the strata")
      }
      columns.append(column)
    }
    return columns
  }
}
