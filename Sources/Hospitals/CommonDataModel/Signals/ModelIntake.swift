import Entities
import Records

/// The persons of a hospital and their drugs or conditions, while its tables are read.
struct ModelIntake {
  static let sexes = ["F", "M", "UNKNOWN"]

  let folder: RecordFolder
  private(set) var people = PersonRegister()
  private(set) var accounts: [ReportAccount] = []
  private var sexOf: [UInt8] = []

  init(_ folder: RecordFolder) { self.folder = folder }

  /// The place of a person's sex among the sexes.
  func sex(_ person: Int) -> Int { Int(sexOf[person]) }

  /// Rows of drugs or conditions: 12 bytes each until they are put together by person.
  struct Rows {
    fileprivate(set) var concepts: [Int] = []
    fileprivate var people: [UInt32] = []
    fileprivate var words: [UInt64] = []

    func byPerson(_ count: Int) -> GroupedByReport { GroupedByReport(people, words, count: count) }
  }

  mutating func readPeople(_ refused: RefusedRows) throws {
    let table = try Columns("person", ["person_id"], in: folder)
    let gender = table.optional("gender_concept_id")
    try read(table, refused) { reader, this throws(RowReason) in
      let id = try table.integer(0)
      guard this.people.add(id, birth: 0) else {
        throw RowReason(.duplicateIdentifier(firstLine: 0))
      }
      switch gender.flatMap({ reader.integer($0) }) {
      case 8_532: this.sexOf.append(0)
      case 8_507: this.sexOf.append(1)
      default: this.sexOf.append(2)
      }
      return true
    }
  }

  mutating func readObservation(_ refused: RefusedRows) throws {
    let stem = "observation_period"
    let table = try Columns(
      stem, ["person_id", "\(stem)_start_date", "\(stem)_end_date"], in: folder)
    try read(table, refused) { _, this throws(RowReason) in
      let person = try this.place(try table.integer(0))
      let (start, end) = (try table.day(1), try table.day(2))
      guard start <= end else { throw RowReason("observation ends before it starts") }
      guard this.people.observe(person, start...end) else {
        throw RowReason("observation overlaps with another of the same person")
      }
      return true
    }
  }

  mutating func readRecords(
    _ name: String, _ kind: String, _ refused: RefusedRows
  ) throws -> Rows {
    let stem = name.hasSuffix("_occurrence") ? kind : name
    let table = try Columns(
      name, ["person_id", "\(kind)_concept_id", "\(stem)_start_date"], in: folder)
    let end = table.optional("\(stem)_end_date")
    var rows = Rows()
    var numbers: [Int: Int] = [:]
    let lastDay = folder.lastDay ?? .max
    try read(table, refused) { reader, this throws(RowReason) in
      let (id, concept, start) = (try table.integer(0), try table.integer(1), try table.day(2))
      guard concept != 0 else { return false }
      let person = try this.place(id)
      let last = end.flatMap { reader.day($0) } ?? start
      guard last >= start else { throw RowReason("it ends before it starts") }
      guard start <= lastDay else {
        throw RowReason("it starts after the last day of the records")
      }
      guard PackedRecord.days.contains(start) else { throw RowReason("nobody lived on its day") }
      let number: Int
      if let known = numbers[concept] {
        number = known
      } else {
        guard rows.concepts.count < PackedRecord.mostConcepts else {
          throw RowReason("more than \(PackedRecord.mostConcepts) concepts")
        }
        number = rows.concepts.count
        numbers[concept] = number
        rows.concepts.append(concept)
      }
      rows.people.append(UInt32(person))
      rows.words.append(
        PackedRecord(concept: number, day: start, length: last - start).word)
      return true
    }
    return rows
  }

  /// What concepts are called: the number, and the name where the vocabulary has it.
  func names(of lists: [[Int]]) throws -> [[String]] {
    var names: [Int: String] = [:]
    let wanted = Set(lists.joined())
    if let table = try ModelTable("concept", in: folder), let id = table.column("concept_id"),
      let name = table.column("concept_name")
    {
      while let step = try table.reader.next() {
        guard step == .row, let number = table.reader.integer(id), wanted.contains(number),
          let text = table.reader.text(name)
        else { continue }
        names[number] = text
      }
    }
    return lists.map { list in
      list.map { number in names[number].map { "\(number) \($0)" } ?? "\(number)" }
    }
  }

  private func place(_ id: Int) throws(RowReason) -> Int {
    guard let place = people.place(of: id) else { throw RowReason("the person is unknown") }
    return place
  }

  /// Reads a table's rows.
  ///
  /// - Parameter take: false for a row whose code has no concept.
  private mutating func read(
    _ table: Columns, _ refused: RefusedRows,
    _ take: (FieldReader, inout Self) throws(RowReason) -> Bool
  ) throws {
    var account = ReportAccount(file: table.name)
    let reader = table.reader
    while let step = try reader.next() {
      let reason: Refusal
      switch step {
      case .refused(let why): reason = why
      case .row:
        do throws(RowReason) {
          if try take(reader, &self) { account.used += 1 } else { account.unmapped += 1 }
          continue
        } catch {
          reason = error.reason
        }
      }
      account.refused += 1
      try refused(table.name, RefusedRecord(line: reader.line, reason: reason))
    }
    account.rows = reader.rows
    account.latinLines = reader.latinLines
    accounts.append(account)
  }

  /// Why a row is not used.
  fileprivate struct RowReason: Error {
    let reason: Refusal
    init(_ reason: Refusal) { self.reason = reason }
    init(_ text: String) { reason = .filtered(text) }
  }

  /// A table with the columns that every row needs.
  fileprivate struct Columns {
    let name: String
    let reader: FieldReader
    private let table: ModelTable
    private let needed: [(name: String, column: Int)]

    init(_ name: String, _ columns: [String], in folder: RecordFolder) throws {
      guard let table = try ModelTable(name, in: folder) else {
        throw HospitalError("\(folder.place): the table \(name) is empty")
      }
      self.name = name
      self.table = table
      reader = table.reader
      needed = try columns.map { column in
        guard let place = table.column(column) else {
          throw HospitalError("\(folder.place): the table \(name) has no column \(column)")
        }
        return (name: column, column: place)
      }
    }

    func optional(_ column: String) -> Int? { table.column(column) }

    func integer(_ place: Int) throws(RowReason) -> Int {
      guard let value = reader.integer(needed[place].column) else { throw missing(place) }
      return value
    }

    func day(_ place: Int) throws(RowReason) -> Int {
      guard let value = reader.day(needed[place].column) else { throw missing(place) }
      return value
    }

    private func missing(_ place: Int) -> RowReason {
      RowReason(.missingValue(column: needed[place].name))
    }
  }
}
