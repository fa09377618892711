public import Entities
import Records

/// Spontaneous reports as FDA publishes them each quarter, in both layouts.
///
/// Until 2012Q3 (AERS) a report is an ISR and its case a CASE, since then (FAERS) a primaryid and a
/// caseid; the layout is read from each file's header. A case is reported again whenever more is
/// known: by FDA's rule its newest report counts, by FDA_DT, then by the highest number. Fields are
/// never quoted; a row with a `$` inside a field has too many fields and is refused. Memory grows by
/// 12 bytes for each drug and each reaction, and by some 60 for each report.
public struct AgencyReports: Sendable {
  /// Which drugs of a report are counted.
  public enum Role: String, CaseIterable, Sendable {
    /// The primary suspect, PS: one a report.
    case primary
    /// All suspects, PS and SS.
    case suspects
    /// Concomitant (C) and interacting (I) drugs too.
    case all

    func holds(_ code: String) -> Bool {
      switch self {
      case .primary: code == "PS"
      case .suspects: code == "PS" || code == "SS"
      case .all: ["PS", "SS", "C", "I"].contains(code)
      }
    }
  }

  /// Which name a drug is counted by.
  public enum Naming: String, CaseIterable, Sendable {
    /// The active ingredient (`prod_ai`, since 2014Q3); the name of the product where there is none.
    case ingredient
    /// The name of the product as it was reported.
    case product
  }

  /// The folders of the quarters.
  public var folders: [String]
  /// Which drugs are counted.
  public var role: Role
  /// By which name.
  public var naming: Naming
  /// When two names are one.
  public var drugNames: NameRule
  /// Whether what is expected is summed over the sexes.
  public var isStratifiedBySex: Bool

  /// Describes what is read.
  public init(
    folders: [String], role: Role = .primary, naming: Naming = .ingredient,
    names: NameRule = NameRule(), isStratifiedBySex: Bool = false
  ) {
    self.folders = folders
    self.role = role
    self.naming = naming
    drugNames = names
    self.isStratifiedBySex = isStratifiedBySex
  }

  /// The files that are read, quarter by quarter.
  public func files() throws -> [String] {
    try AgencyQuarter.all(in: folders).flatMap { quarter in
      AgencyTable.allCases.compactMap { quarter.files[$0] } + quarter.withdrawn
    }
  }

  /// Reads and counts; every report is counted once for each of its drugs, events and pairs.
  public func read(refused: RefusedRows) throws -> ReportReading {
    let quarters = try AgencyQuarter.all(in: folders)
    var accounts: [ReportAccount] = []
    var cases = AgencyCases()
    for quarter in quarters {
      if let file = quarter.files[.cases] {
        accounts.append(try cases.add(file, refused: refused))
      }
    }
    for file in quarters.flatMap(\.withdrawn) {
      accounts.append(try cases.withdraw(file, refused: refused))
    }
    cases.choose(&accounts)
    var (drugs, events) = (NameTable(drugNames), NameTable(NameRule(style: drugNames.style)))
    var (drugRows, eventRows) = (Links(), Links())
    for quarter in quarters {
      for table in AgencyTable.allCases.dropFirst() {
        guard let file = quarter.files[table] else { continue }
        let reader = try AgencyRows(file, cases)
        switch table {
        case .drugs:
          let columns = try drugColumns(reader)
          accounts.append(
            try reader.read(columns, refused: refused) { report, fields in
              guard !fields[0].isEmpty else { return .refuse(.missingValue(column: "role_cod")) }
              guard role.holds(fields[0].uppercased()) else { return .otherRole }
              let name = fields.dropFirst().first { !$0.isEmpty } ?? ""
              guard let drug = drugs.number(of: name) else {
                return .refuse(.missingValue(column: "drugname"))
              }
              drugRows.add(report, drug)
              return .use
            })
        case .reactions:
          let columns = [try reader.column("pt")]
          accounts.append(
            try reader.read(columns, refused: refused) { report, fields in
              guard let event = events.number(of: fields[0]) else {
                return .refuse(.missingValue(column: "pt"))
              }
              eventRows.add(report, event)
              return .use
            })
        default: accounts.append(try reader.read([], refused: refused) { _, _ in .use })
        }
      }
    }
    return try count(cases, drugs.names, drugRows, events.names, eventRows, accounts)
  }

  /// A row's report and the number of its name.
  private struct Links {
    var reports: [UInt32] = [], names: [UInt64] = []
    mutating func add(_ report: UInt32, _ name: UInt32) {
      reports.append(report)
      names.append(UInt64(name))
    }
  }

  private func drugColumns(_ reader: AgencyRows) throws -> [Int] {
    let ingredient = naming == .ingredient ? reader.optional("prod_ai") : nil
    return [try reader.column("role_cod")] + [ingredient].compactMap { $0 }
      + [try reader.column("drugname")]
  }

  private func count(
    _ cases: AgencyCases, _ drugs: [String], _ drugRows: Links, _ events: [String],
    _ eventRows: Links, _ accounts: [ReportAccount]
  ) throws -> ReportReading {
    let ownDrugs = GroupedByReport(drugRows.reports, drugRows.names, count: cases.count)
    let ownEvents = GroupedByReport(eventRows.reports, eventRows.names, count: cases.count)
    let strata = isStratifiedBySex ? ["F", "M", "UNKNOWN"] : [""]
    var counter = ReportCounter(drugs: drugs.count, events: events.count, strata: strata.count)
    var incomplete = 0
    for report in 0..<cases.count where cases.isKept[report] {
      let (drugs, events) = (ownDrugs.distinct(report), ownEvents.distinct(report))
      guard !drugs.isEmpty, !events.isEmpty else {
        incomplete += 1
        continue
      }
      let keys = drugs.lazy.flatMap { drug in events.lazy.map { drug << 32 | $0 } }
      counter.add(keys, stratum: isStratifiedBySex ? Int(cases.sexes[report]) : 0)
    }
    let tally = counter.tally(drugs: drugs, events: events, strata: strata)
    guard tally.total > 0 else {
      throw HospitalError("no report names both a drug of the role and an event")
    }
    let latin = accounts.reduce(0) { $0 + $1.latinLines }
    return ReportReading(
      tally: tally, accounts: accounts, incomplete: incomplete,
      remarks: latin > 0 ? ["\(latin) lines are no UTF-8 and were read as Latin-1"] : [])
  }
}
