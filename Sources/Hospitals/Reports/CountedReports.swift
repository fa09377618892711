public import Entities
public import Records

/// Reports as a table of counts: one row for each event, one column for each drug.
///
/// The reports themselves are gone, so the total is the sum of the cells, which counts pairs of a
/// report and an event, and the result says so.
public struct CountedReports: Sendable {
  /// The table.
  public var source: RecordSource
  /// When two names are one; here two columns or two rows of one name are refused, not added.
  public var names: NameRule

  /// Describes what is read.
  public init(_ source: RecordSource, names: NameRule = NameRule()) {
    self.source = source
    self.names = names
  }

  /// Reads the cells: whole numbers, not below 0.
  public func read(refused: RefusedRows) throws -> ReportReading {
    let table = try TableReader(source, format: RecordFormat(path: source.name) ?? .csv)
    let drugs = table.header.dropFirst().map(names.standard)
    guard !drugs.isEmpty, !drugs.contains("") else {
      throw HospitalError("\(source.name): a table of counts has an event and a column a drug")
    }
    guard Set(drugs).count == drugs.count else {
      throw HospitalError("\(source.name): two columns name one drug")
    }
    var account = ReportAccount(file: source.fileName)
    var events: [String] = []
    var lines: [String: Int] = [:]
    var pairs: [ReportTally.Pair] = []
    var drugSums = [Int](repeating: 0, count: drugs.count)
    var eventSums: [Int] = []
    while let found = try table.next() {
      account.rows += 1
      switch Self.cells(found, table.header, names, lines) {
      case .failure(let reason):
        account.refused += 1
        let line =
          switch found {
          case .row(let row): row.line
          case .refused(let record, _): record.line
          }
        try refused(account.file, RefusedRecord(line: line, reason: reason))
      case .success(let (line, event, cells)):
        account.used += 1
        lines[event] = line
        for (drug, count) in cells.enumerated() where count > 0 {
          drugSums[drug] += count
          pairs.append(.init(drug: drug, event: events.count, count: count))
        }
        events.append(event)
        eventSums.append(cells.reduce(0, +))
      }
    }
    guard !pairs.isEmpty else { throw HospitalError("\(source.name): every cell is 0") }
    let tally = ReportTally(
      denominator: .pairs, drugs: drugs, events: events, strata: [""],
      pairs: pairs.sorted { ($0.drug, $0.event) < ($1.drug, $1.event) }, drugReports: [drugSums],
      eventReports: [eventSums], totals: [drugSums.reduce(0, +)])
    return ReportReading(tally: tally, accounts: [account], incomplete: 0, remarks: [])
  }

  private static func cells(
    _ found: ReadRow, _ header: [String], _ names: NameRule, _ lines: [String: Int]
  ) -> Result<(line: Int, event: String, cells: [Int]), Refusal> {
    guard case .row(let row) = found else {
      guard case .refused(let record, _) = found else { return .failure(.empty) }
      return .failure(record.reason)
    }
    let event = names.standard(row.fields[0])
    guard !event.isEmpty else { return .failure(.missingValue(column: "event")) }
    if let first = lines[event] { return .failure(.duplicateIdentifier(firstLine: first)) }
    var cells: [Int] = []
    for (column, text) in zip(header, row.fields).dropFirst() {
      guard !text.isEmpty else { return .failure(.missingValue(column: column)) }
      // Tables of R and Python write whole numbers as 12.0; beyond 2⁴⁰ sums could overflow.
      guard let value = Double(text), value >= 0, value <= 0x1p40, value == value.rounded() else {
        return .failure(.notANumber(column: column, text: text))
      }
      cells.append(Int(value))
    }
    return .success((row.line, event, cells))
  }
}
