public import Entities
import Records

/// The records of a hospital as reports: a day on which a person has a condition for the first time,
/// with the drugs under way on that day.
///
/// As doctors' reports do, such a report says what stood beside what, and nothing of how long: the
/// "SRS" counting of Zorych, Madigan, Ryan & Bate (Stat. Methods Med. Res. 2013, 22:39) with first
/// records alone. A condition counts once a person, so a pair's reports are people; a drug counts
/// from the day after it began, since what is recorded on that day is why it was given.
///
/// Memory grows with the rows of two tables, 20 bytes each, and with persons, some 100 bytes each.
public struct ModelReports: Sendable {
  /// The tables.
  public var folder: RecordFolder
  /// The tables of drugs and of conditions.
  public let drugTables: ModelSeries.Tables, conditionTables: ModelSeries.Tables
  /// Days of observed time before a first record: with fewer it may be an old condition's.
  public var washout = 180
  /// Days after a drug's end that still count as under way.
  public var after = 30
  /// Whether the sexes are strata.
  public var isStratifiedBySex = false

  /// Describes the reading.
  ///
  /// Without a choice, eras where the hospital has rows of them.
  public init(_ folder: RecordFolder, tables: ModelSeries.Tables? = nil) throws {
    self.folder = folder
    drugTables = try tables ?? ModelSeries.choice(folder, \.drugs)
    conditionTables = try tables ?? ModelSeries.choice(folder, \.conditions)
    for name in self.tables where folder.sources[name] == nil {
      throw HospitalError("\(folder.place): no table \(name)")
    }
  }

  /// The tables that are read.
  public var tables: [String] {
    ["person", "observation_period", conditionTables.conditions, drugTables.drugs]
  }

  /// Reads and counts.
  ///
  /// - Parameter progress: told of each table before it is read.
  /// - Complexity: O(rows · log of a person's rows)
  public func read(
    refused: RefusedRows, progress: (String) -> Void = { _ in }
  ) throws -> ReportReading {
    var intake = ModelIntake(folder)
    progress("person")
    try intake.readPeople(refused)
    progress("observation_period")
    try intake.readObservation(refused)
    progress(conditionTables.conditions)
    let conditions = try intake.readRecords(conditionTables.conditions, "condition", refused)
    progress(drugTables.drugs)
    let drugs = try intake.readRecords(drugTables.drugs, "drug", refused)
    let strata = isStratifiedBySex ? ModelIntake.sexes : [""]
    var counter = ReportCounter(
      drugs: drugs.concepts.count, events: conditions.concepts.count, strata: strata.count)
    var repeats = ReportTally.Repeats(drugs: drugs.concepts.count)
    let (ownConditions, ownDrugs) = (
      conditions.byPerson(intake.people.count), drugs.byPerson(intake.people.count)
    )
    for person in 0..<intake.people.count {
      let days = firsts(ownConditions.distinct(person), intake.people, person)
      guard !days.isEmpty else { continue }
      let rows = ownDrugs.distinct(person)
      var own: [Int: Int] = [:]
      for (day, events) in days {
        let under = underway(rows, on: day)
        for drug in under { own[drug, default: 0] += 1 }
        counter.add(
          drugs: under, events: events, stratum: isStratifiedBySex ? intake.sex(person) : 0)
      }
      repeats.note(own, of: days.count)
    }
    progress("concept")
    let names = try intake.names(of: [drugs.concepts, conditions.concepts])
    var tally = counter.tally(
      drugs: names[0], events: names[1], strata: strata, denominator: .firstRecords)
    tally.repeats = repeats
    guard tally.total > 0 else {
      throw HospitalError("\(folder.place): no condition was recorded for the first time")
    }
    return ReportReading(
      tally: tally, accounts: intake.accounts, incomplete: 0,
      remarks: [
        "a report is a day on which a person has a condition for the first time, after \(washout) "
          + "days of observed time; drugs under way count, to \(after) days after their end"
      ])
  }

  /// The days with first records, in their order: a condition's first, if it lies in observed time
  /// and far enough from its beginning.
  private func firsts(
    _ rows: [UInt64], _ people: PersonRegister, _ person: Int
  ) -> [(day: Int, events: [Int])] {
    var found: [(day: Int, event: Int)] = []
    var last = -1
    for row in rows {
      let record = PackedRecord(row)
      // Rows are in the order of concepts, then of days.
      guard record.concept != last else { continue }
      last = record.concept
      guard let period = people.period(person, on: record.day),
        record.day - period.lowerBound >= washout
      else { continue }
      found.append((day: record.day, event: record.concept))
    }
    found.sort { ($0.day, $0.event) < ($1.day, $1.event) }
    var days: [(day: Int, events: [Int])] = []
    for (day, event) in found {
      if days.last?.day == day {
        days[days.count - 1].events.append(event)
      } else {
        days.append((day: day, events: [event]))
      }
    }
    return days
  }

  /// The drugs under way on a day, each once.
  private func underway(_ rows: [UInt64], on day: Int) -> [Int] {
    var found: [Int] = []
    for row in rows {
      let record = PackedRecord(row)
      guard record.day < day, day <= record.day + record.length + after,
        found.last != record.concept
      else { continue }
      found.append(record.concept)
    }
    return found
  }
}

/// A concept's number, a day and a length in days, in one word that sorts in this order.
struct PackedRecord {
  static let mostConcepts = 1 << 20
  /// Days that fit: the years 1693 to 13,177.
  static let days = -101_000..<(1 << 22) - 101_000

  let concept: Int, day: Int, length: Int

  init(concept: Int, day: Int, length: Int) {
    self.concept = concept
    self.day = day
    self.length = min(length, 1 << 22 - 1)
  }

  init(_ word: UInt64) {
    concept = Int(word >> 44)
    day = Int(word >> 22 & 0x3F_FFFF) + Self.days.lowerBound
    length = Int(word & 0x3F_FFFF)
  }

  var word: UInt64 {
    UInt64(concept) << 44 | UInt64(day - Self.days.lowerBound) << 22 | UInt64(length)
  }
}
