import Entities
import Foundation
import Records

/// What became of a table's rows.
struct CaseTable {
  let name: String
  var rows = 0, refused = 0
  var examples: [RefusedRecord] = []

  mutating func refuse(_ line: Int, _ reason: Refusal) {
    refused += 1
    if examples.count < 20 { examples.append(RefusedRecord(line: line, reason: reason)) }
  }
}

/// The histories of people with the event, while a folder's tables are read.
struct SeriesCases {
  let lastDay: Int?
  private(set) var histories: [PersonHistory] = []
  private var people: [Int: Int] = [:]

  init(lastDay: Int?) { self.lastDay = lastDay }

  /// Reads the events or exposures of a set of concepts.
  mutating func read(
    _ name: String, _ kind: String, _ concepts: Set<Int>, in folder: RecordFolder,
    addsPeople: Bool = false
  ) throws -> CaseTable {
    var found = CaseTable(name: name)
    guard let table = try ModelTable(name, in: folder) else { return found }
    let stem = name.hasSuffix("_occurrence") ? kind : name
    let concept = try column("\(kind)_concept_id", table, folder)
    let start = try column("\(stem)_start_date", table, folder)
    let end = table.column("\(stem)_end_date")
    let person = try column("person_id", table, folder)
    let reader = table.reader
    while let step = try reader.next() {
      if case .refused(let reason) = step {
        found.refuse(reader.line, reason)
        continue
      }
      guard let number = reader.integer(concept) else {
        found.refuse(reader.line, .missingValue(column: "\(kind)_concept_id"))
        continue
      }
      guard concepts.contains(number) else { continue }
      guard let id = reader.integer(person) else {
        found.refuse(reader.line, .missingValue(column: "person_id"))
        continue
      }
      guard addsPeople || people[id] != nil else { continue }
      guard let day = reader.day(start) else {
        found.refuse(reader.line, .missingValue(column: "\(stem)_start_date"))
        continue
      }
      let last = end.flatMap { reader.day($0) }
      if let last, last < day {
        found.refuse(reader.line, .filtered("it ends before it starts"))
      } else if let lastDay, day > lastDay {
        found.refuse(reader.line, .filtered("it starts after the last day of the records"))
      } else if addsPeople {
        addEvent(id, day)
      } else {
        addExposure(id, Exposure(start: day, end: last))
      }
    }
    found.rows = reader.rows
    return found
  }

  private mutating func addEvent(_ person: Int, _ day: Int) {
    guard let place = people[person] else {
      people[person] = histories.count
      histories.append(PersonHistory(periods: [], exposures: [], events: [day]))
      return
    }
    if !histories[place].events.contains(day) { histories[place].events.append(day) }
  }

  private mutating func addExposure(_ person: Int, _ exposure: Exposure) {
    guard let place = people[person] else { return }
    if !histories[place].exposures.contains(exposure) {
      histories[place].exposures.append(exposure)
    }
  }

  /// Reads the births of those who are here.
  mutating func readPersons(in folder: RecordFolder) throws -> CaseTable {
    var found = CaseTable(name: "person")
    guard let table = try ModelTable("person", in: folder) else { return found }
    let person = try column("person_id", table, folder)
    let year = try column("year_of_birth", table, folder)
    let parts = ["month_of_birth", "day_of_birth"].map { table.column($0) }
    let reader = table.reader
    while let step = try reader.next() {
      if case .refused(let reason) = step {
        found.refuse(reader.line, reason)
        continue
      }
      guard let id = reader.integer(person) else {
        found.refuse(reader.line, .missingValue(column: "person_id"))
        continue
      }
      guard let place = people[id] else { continue }
      let values = parts.map { $0.flatMap { reader.integer($0) } ?? 1 }
      guard let born = reader.integer(year), born >= 1_850,
        let day = CalendarDay.number(year: born, month: values[0], day: values[1])
      else {
        found.refuse(reader.line, .filtered("the birthday is none"))
        continue
      }
      if histories[place].birth != nil {
        found.refuse(reader.line, .duplicateIdentifier(firstLine: 0))
      } else {
        histories[place].birth = day
      }
    }
    found.rows = reader.rows
    return found
  }

  /// Reads the observed time of those who are here and whose birth is known.
  mutating func readObservation(in folder: RecordFolder) throws -> CaseTable {
    var found = CaseTable(name: "observation_period")
    guard let table = try ModelTable("observation_period", in: folder) else { return found }
    let person = try column("person_id", table, folder)
    let first = try column("observation_period_start_date", table, folder)
    let last = try column("observation_period_end_date", table, folder)
    let reader = table.reader
    while let step = try reader.next() {
      if case .refused(let reason) = step {
        found.refuse(reader.line, reason)
        continue
      }
      guard let id = reader.integer(person), let start = reader.day(first),
        let end = reader.day(last)
      else {
        found.refuse(reader.line, .missingValue(column: "person and days"))
        continue
      }
      guard let place = people[id] else { continue }
      if let reason = observe(place, start, end) { found.refuse(reader.line, .filtered(reason)) }
    }
    found.rows = reader.rows
    return found
  }

  private mutating func observe(_ place: Int, _ start: Int, _ end: Int) -> String? {
    guard let birth = histories[place].birth else { return "the person is unknown" }
    guard end >= start else { return "observation ends before it starts" }
    guard start >= birth else { return "observation starts before birth" }
    if let lastDay, start > lastDay { return "observation starts after the last day" }
    guard !histories[place].periods.contains(where: { $0.overlaps(start...end) }) else {
      return "observation overlaps with another of the same person"
    }
    histories[place].periods.append(start...end)
    return nil
  }

  private func column(
    _ name: String, _ table: ModelTable, _ folder: RecordFolder
  ) throws -> Int {
    guard let column = table.column(name) else {
      throw HospitalError("\(folder.place): the table \(table.name) has no column \(name)")
    }
    return column
  }
}
