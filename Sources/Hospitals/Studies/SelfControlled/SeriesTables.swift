public import Entities

/// The tables of a self-controlled case series: events, exposures and observation, in any order.
///
/// Events are read first; of the other tables only rows of people with an event are kept, so memory
/// grows with the cases and not with the hospital. One wide table may serve as all three, as R's
/// package SCCS has its data: the columns are named.
public struct SeriesTables: Sendable {
  /// The columns of a table.
  public struct Columns: Hashable, Sendable {
    /// Names in the order that the table asks for; the last may be missing.
    public let person: String, first: String, second: String?, third: String?

    /// Names columns.
    public init(_ person: String, _ first: String, _ second: String? = nil, _ third: String? = nil)
    {
      self.person = person
      self.first = first
      self.second = second
      self.third = third
    }
  }

  /// The files.
  public var events: String, exposures: String, observation: String
  /// person, day.
  public var eventColumns = Columns("person", "day")
  /// person, start, and end where it is known.
  public var exposureColumns = Columns("person", "start")
  /// person, start, end, and day of birth where it is known.
  public var observationColumns = Columns("person", "start", "end")

  /// Names the files.
  public init(events: String, exposures: String, observation: String) {
    self.events = events
    self.exposures = exposures
    self.observation = observation
  }

  /// What was read.
  public struct Reading: Sendable {
    /// The series.
    public let series: CaseSeries
    /// Rows and refused rows of each table, in the order events, exposures, observation.
    public let rows: [Int], refused: [Int]
    /// The first refusals, with the name of the table.
    public let examples: [(table: String, record: RefusedRecord)]
    /// People with an event of whom no observed time is known.
    public let unobserved: Int
    /// What a reader should know, one sentence each.
    public internal(set) var remarks: [String] = []
  }

  /// Reads the tables and adds every person with an event, in the order of the events' table.
  public func read(_ design: SeriesDesign) throws -> Reading {
    var people: [String: Int] = [:]
    var histories: [PersonHistory] = []
    var table = try StudyTable(events, needed: [eventColumns.person, eventColumns.first])
    var tables: [StudyTable] = []
    let eventTable = table
    try table.forEach { fields throws(Refusal) in
      let person = try eventTable.text(fields, 0)
      // A person without the event may stand there with an empty day.
      guard let day = try eventTable.optionalDay(fields, 1) else { return }
      if let place = people[person] {
        if !histories[place].events.contains(day) { histories[place].events.append(day) }
      } else {
        people[person] = histories.count
        histories.append(PersonHistory(periods: [], exposures: [], events: [day]))
      }
    }
    tables.append(table)
    table = try StudyTable(
      exposures, needed: [exposureColumns.person, exposureColumns.first],
      optional: [exposureColumns.second])
    let exposureTable = table
    try table.forEach { fields throws(Refusal) in
      guard let place = people[try exposureTable.text(fields, 0)] else { return }
      guard let start = try exposureTable.optionalDay(fields, 1) else { return }
      let end = try exposureTable.optionalDay(fields, 2)
      if let end, end < start { throw .filtered("the exposure ends before it starts") }
      let exposure = Exposure(start: start, end: end)
      if !histories[place].exposures.contains(exposure) {
        histories[place].exposures.append(exposure)
      }
    }
    tables.append(table)
    table = try StudyTable(
      observation,
      needed: [observationColumns.person, observationColumns.first]
        + [observationColumns.second].compactMap { $0 }, optional: [observationColumns.third])
    let observed = table
    try table.forEach { fields throws(Refusal) in
      guard let place = people[try observed.text(fields, 0)] else { return }
      let (start, end) = (try observed.day(fields, 1), try observed.day(fields, 2))
      guard end >= start else { throw .filtered("observation ends before it starts") }
      if let birth = try observed.optionalDay(fields, 3) {
        guard start >= birth else { throw .filtered("observation starts before birth") }
        histories[place].birth = birth
      }
      // The same row again, as a wide table with several events has it, says nothing new.
      if histories[place].periods.contains(start...end) { return }
      guard !histories[place].periods.contains(where: { $0.overlaps(start...end) }) else {
        throw .filtered("observation overlaps with another of the same person")
      }
      histories[place].periods.append(start...end)
    }
    tables.append(table)
    var series = CaseSeries(design)
    for history in histories { series.add(history) }
    let files = [events, exposures, observation]
    return Reading(
      series: series, rows: tables.map(\.rows), refused: tables.map(\.refused),
      examples: zip(files, tables).flatMap { file, table in
        table.refusals.map { (table: file, record: $0) }
      }, unobserved: histories.count { $0.periods.isEmpty })
  }
}
