import Entities
import Records

/// Reads the tables of a folder one after another and keeps what the later ones need.
struct FolderScan {
  let folder: RecordFolder
  private(set) var register = PersonRegister()
  private(set) var concepts = ConceptTable()
  private var keys: [String: IdentifierSet] = [:]
  private let referenced: Set<String>
  private let isObserved: Bool

  init(_ folder: RecordFolder) {
    self.folder = folder
    referenced = Set(folder.layout.fields.values.joined().compactMap(\.references))
    isObserved = folder.sources["observation_period"] != nil
  }

  /// Reads a table; nil where the folder has no file of it, or an empty one.
  mutating func read(_ name: String) throws -> TableAccount? {
    guard let table = try ModelTable(name, in: folder) else { return nil }
    var account = TableAccount(name)
    account.unknownColumns = table.unknownColumns
    var row = RowValues(table, keys: keys, concepts: concepts)
    account.fields = row.counts(table)
    var ids = IdentifierSet()
    var seen = [UInt64](repeating: 0, count: table.person == nil ? 0 : register.count / 64 + 1)
    while let step = try table.reader.next() {
      if case .refused = step {
        account.refused[RowRefusal(.unreadableRow), default: 0] += 1
        continue
      }
      var refusal = row.read(table, &account, keys: keys, concepts: concepts)
      if refusal == nil, let key = table.key, name != "person", !ids.insert(row[key]) {
        refusal = RowRefusal(.duplicateIdentifier, table.fields[key].name)
      }
      if refusal == nil { refusal = check(table, row, &account, &seen) }
      if let refusal {
        account.refused[refusal, default: 0] += 1
      } else {
        account.taken += 1
      }
    }
    account.rows = table.reader.rows
    account.latinRows = table.reader.latinLines
    if table.person != nil { account.persons = seen.reduce(0) { $0 + $1.nonzeroBitCount } }
    account.isKeyUnchecked = ids.isFull
    if referenced.contains(name), name != "person", name != "concept" { keys[name] = ids }
    return account
  }

  /// What a row says of its person, and whether that can be.
  private mutating func check(
    _ table: ModelTable, _ row: RowValues, _ account: inout TableAccount, _ seen: inout [UInt64]
  ) -> RowRefusal? {
    if table.name == "person" { return addPerson(table, row) }
    if table.name == "concept" { addConcept(table, row) }
    let start = table.start.flatMap { row.value($0) }
    let end = table.end.flatMap { row.value($0) }
    if let start, let end, end < start { return refuse(.endBeforeStart, table, table.end) }
    guard let field = table.person else { return nil }
    guard let person = register.place(of: row[field]) else {
      return refuse(.unknownPerson, table, field)
    }
    if let start {
      if start < register.birth(person) { return refuse(.beforeBirth, table, table.start) }
      if let last = folder.lastDay, start > last {
        return refuse(.afterLastDay, table, table.start)
      }
      if table.name == "death" {
        if !register.die(person, on: start) {
          return refuse(.duplicateIdentifier, table, field)
        }
      } else if let death = register.death(person), start > death + Self.daysAfterDeath {
        return refuse(.afterDeath, table, table.start)
      }
      if table.name == "observation_period" {
        guard let end, register.observe(person, start...end) else {
          return refuse(.overlappingPeriod, table, table.start)
        }
      } else if isObserved, !Self.unobserved.contains(table.name),
        !register.isObserved(person, on: start)
      {
        account.outsideObservation += 1
      }
    }
    seen[person >> 6] |= 1 << UInt64(person & 63)
    return nil
  }

  /// Observation ends with life, and insurance is no finding.
  private static let unobserved: Set = ["death", "payer_plan_period"]

  /// Bills and findings may follow a death; OHDSI's checks allow 60 days.
  static let daysAfterDeath = 60

  private func refuse(
    _ reason: RowRefusal.Reason, _ table: ModelTable, _ field: Int?
  ) -> RowRefusal {
    RowRefusal(reason, field.map { table.fields[$0].name } ?? "")
  }

  private mutating func addPerson(_ table: ModelTable, _ row: RowValues) -> RowRefusal? {
    func value(_ name: String) -> Int? {
      table.fields.firstIndex { $0.name == name }.flatMap { row.value($0) }
    }
    let year = value("year_of_birth") ?? 0
    let last = folder.lastDay.map { CalendarDay.date(of: $0).year } ?? 9_999
    // The first day that can be meant: checks must not refuse what may be right.
    guard (1_850...last).contains(year),
      let day = CalendarDay.number(
        year: year, month: value("month_of_birth") ?? 1, day: value("day_of_birth") ?? 1)
    else { return RowRefusal(.implausibleBirth, "year_of_birth") }
    let birth = value("birth_datetime").map { min($0, day) } ?? day
    guard let key = table.key, register.add(row[key], birth: birth) else {
      return RowRefusal(.duplicateIdentifier, "person_id")
    }
    return nil
  }

  private mutating func addConcept(_ table: ModelTable, _ row: RowValues) {
    guard let domain = table.column("domain_id"), let standard = table.column("standard_concept"),
      let key = table.key
    else { return }
    concepts.add(
      row[key], domain: table.reader.text(domain) ?? "",
      isStandard: table.reader.text(standard) == "S")
  }
}
