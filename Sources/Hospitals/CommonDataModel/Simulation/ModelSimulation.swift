import Foundation
import Statistics

/// A hospital that does not exist, in the Common Data Model, written person by person.
///
/// One drug raises the rate of one condition by a known ratio while its era lasts; everything else is
/// noise. The same seed gives the same bytes. For tests, for measuring, and for trying things out
/// without anybody's records. Some 60 rows a person.
public struct ModelSimulation: Sendable {
  /// How many persons.
  public var people: Int
  /// The seed.
  public var seed: UInt64
  /// How much more often the condition comes during an era of the drug.
  public var ratio = 2.0
  /// The drug, by default simvastatin, and the condition, by default rhabdomyolysis.
  public var drug = 1_539_403, condition = 137_967

  /// Describes a hospital.
  public init(people: Int, seed: UInt64) {
    precondition(people > 0, "a hospital has persons")
    self.people = people
    self.seed = seed
  }

  private static let firstDay = 14_610, lastDay = 18_627  // 2010-01-01, 2020-12-31
  /// One event in ten years.
  private static let rate = 1.0 / 3_652

  /// Writes the tables into a folder and gives the number of rows.
  public func write(into folder: String) throws -> Int {
    var files = try SimulatedTables(folder)
    try files.source(release: Self.lastDay)
    var random = Xoshiro256(seed: seed)
    for person in 1...people { try write(person, &random, &files) }
    try files.finish()
    return files.rows
  }

  private func write(
    _ person: Int, _ random: inout Xoshiro256, _ files: inout SimulatedTables
  ) throws {
    let born = Int.random(in: 1_930...1_995, using: &random)
    try files.person(
      person, year: born, month: Int.random(in: 1...12, using: &random),
      gender: Bool.random(using: &random) ? 8_507 : 8_532)
    let start = Self.firstDay + Int.random(in: 0..<1_000, using: &random)
    let end = Self.lastDay - Int.random(in: 0..<1_000, using: &random)
    try files.period(person, start, end)
    var eras: [ClosedRange<Int>] = []
    if Double.random(in: 0..<1, using: &random) < 0.3 {
      var day = start + Int.random(in: 0..<700, using: &random)
      while day < end, eras.count < 3 {
        let last = min(end, day + Int.random(in: 60...240, using: &random))
        eras.append(day...last)
        day = last + Int.random(in: 60...900, using: &random)
      }
    }
    for era in eras { try files.drug(person, drug, era, refills: 1 + era.count / 90) }
    for day in events(start...end, eras, &random) {
      try files.condition(person, condition, day...day)
    }
    for _ in 0..<Int.random(in: 2...8, using: &random) {
      let day = Int.random(in: start...end, using: &random)
      let last = min(end, day + Int.random(in: 7...90, using: &random))
      try files.drug(
        person, 40_000_000 + Int.random(in: 0..<100, using: &random), day...last, refills: 2)
    }
    for _ in 0..<Int.random(in: 4...16, using: &random) {
      let day = Int.random(in: start...end, using: &random)
      // One code in fifty has no concept.
      let isMapped = Int.random(in: 0..<50, using: &random) > 0
      let concept = isMapped ? 30_000_000 + Int.random(in: 0..<300, using: &random) : 0
      try files.condition(person, concept, day...day)
    }
    for _ in 0..<Int.random(in: 10...30, using: &random) {
      try files.measurement(
        person, 3_000_000 + Int.random(in: 0..<40, using: &random),
        Int.random(in: start...end, using: &random),
        Double(Int.random(in: 0..<2_000, using: &random)) / 10)
    }
  }

  /// Days of events: gaps at the highest rate, each day kept with its own rate's share of that.
  private func events(
    _ days: ClosedRange<Int>, _ eras: [ClosedRange<Int>], _ random: inout Xoshiro256
  ) -> [Int] {
    let most = max(1, ratio)
    var events: [Int] = []
    var time = Double(days.lowerBound)
    while true {
      time -= log(1 - Double.random(in: 0..<1, using: &random)) / (Self.rate * most)
      let day = Int(time)
      guard day <= days.upperBound else { return events }
      let share = (eras.contains { $0.contains(day) } ? ratio : 1) / most
      if Double.random(in: 0..<1, using: &random) < share, events.last != day {
        events.append(day)
      }
    }
  }
}
