import Entities

/// A table of time that is already cut: a row for each interval of a person, as R's SCCS and gnm
/// have it.
public struct IntervalTable: Sendable {
  /// The file.
  public var path: String
  /// The columns of person, count of events and length.
  public var person = "indiv", events = "event", length = "interval"
  /// The columns of groups: of the exposure, whose 0 is no exposure, and of age, of which the first is
  /// compared with; nil for none.
  public var exposure = "exgr", age: String? = "agegr"

  /// Names the file.
  public init(_ path: String) { self.path = path }

  /// Reads the table.
  public func read() throws -> SeriesTables.Reading {
    struct Row {
      let person: String, days: Int, events: Int, exposure: Int, age: Int
    }
    var table = try StudyTable(path, needed: [person, events, length, exposure], optional: [age])
    let fieldsOf = table
    var rows: [Row] = []
    var people: [String: [Int]] = [:]
    var order: [String] = []
    try table.forEach { fields throws(Refusal) in
      let person = try fieldsOf.text(fields, 0)
      let numbers = [
        try fieldsOf.number(fields, 1), try fieldsOf.number(fields, 2),
        try fieldsOf.number(fields, 3), fields[4] == nil ? 0 : try fieldsOf.number(fields, 4),
      ]
      guard numbers.allSatisfy({ $0 == $0.rounded() && (0...1e7).contains($0) }), numbers[1] >= 1
      else { throw .filtered("counts, days and groups are whole numbers, days above 0") }
      if people[person] == nil { order.append(person) }
      people[person, default: []].append(rows.count)
      rows.append(
        Row(
          person: person, days: Int(numbers[1]), events: Int(numbers[0]),
          exposure: Int(numbers[2]), age: Int(numbers[3])))
    }
    let exposures = Set(rows.map(\.exposure)).subtracting([0]).sorted()
    let ages = age == nil ? [] : Set(rows.map(\.age)).sorted()
    guard exposures.count + ages.count <= 1_000 else {
      throw HospitalError("\(path): more than 1000 groups")
    }
    let terms =
      exposures.map { SeriesDesign.Term(kind: .risk, name: "\(exposure) \($0)") }
      + ages.map { SeriesDesign.Term(kind: .age, name: "\(age ?? "") \($0)") }
    guard let whole = RiskWindow(first: 0, last: 0) else { throw HospitalError("no window") }
    var series = CaseSeries(cut: terms, design: try SeriesDesign(risk: [whole]))
    for person in order {
      series.add(
        (people[person] ?? []).map { place in
          let row = rows[place]
          let columns =
            [exposures.firstIndex(of: row.exposure)].compactMap { $0 }
            + [ages.firstIndex(of: row.age)].compactMap { $0.map { $0 + exposures.count } }
          return (days: row.days, columns: columns, events: row.events)
        })
    }
    return SeriesTables.Reading(
      series: series, rows: [table.rows], refused: [table.refused],
      examples: table.refusals.map { (table: path, record: $0) }, unobserved: 0)
  }
}
