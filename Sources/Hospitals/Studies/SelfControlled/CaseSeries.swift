import Statistics

/// A self-controlled case series: people with the event, each compared with their own other time.
///
/// People are added one by one and only sums are kept: for every pattern of lengths and columns how
/// many events fell where. Whatever stays the same within a person drops out (Farrington, Biometrics
/// 1995; Whitaker et al., Stat. Med. 2006). It asks that events do not change later exposure or
/// the end of observation.
public struct CaseSeries: Sendable {
  /// How time is cut.
  public let design: SeriesDesign
  /// People with an event in observed time.
  public private(set) var cases = 0
  /// Their events; events outside observed time are not among them.
  public private(set) var events = 0
  /// Events that fell outside observed time.
  public private(set) var eventsOutside = 0
  /// Cases who were never in a risk window; they speak of age and calendar alone.
  public private(set) var casesUnexposed = 0
  let columns: [SeriesDesign.Term]
  private(set) var columnDays: [Int]
  private(set) var columnEvents: [Int]
  private(set) var columnCases: [Int]
  private(set) var baselineDays = 0
  private(set) var baselineEvents = 0
  private var places: [[Int32]: Int] = [:]
  private var patterns: [[Int32]] = []
  private var patternEvents: [[Int32]] = []

  /// A series without people.
  public init(_ design: SeriesDesign) {
    self.design = design
    columns = design.terms
    columnDays = [Int](repeating: 0, count: columns.count)
    columnEvents = columnDays
    columnCases = columnDays
  }

  /// A series of columns that were cut elsewhere.
  init(cut columns: [SeriesDesign.Term], design: SeriesDesign) {
    self.design = design
    self.columns = columns
    columnDays = [Int](repeating: 0, count: columns.count)
    columnEvents = columnDays
    columnCases = columnDays
  }

  /// How many different patterns of time were seen: memory grows with them.
  public var patternCount: Int { patterns.count }

  /// Adds a person; one without an event in observed time says nothing and is passed over.
  public mutating func add(_ person: PersonHistory) {
    var days = person.events.sorted()
    if design.counting == .first { days = Array(days.prefix(1)) }
    let inside = days.filter { day in person.periods.contains { $0.contains(day) } }
    eventsOutside += days.count - inside.count
    guard !inside.isEmpty else { return }
    let stretches = person.stretches(design)
    var counts = [Int](repeating: 0, count: stretches.count)
    for day in inside {
      if let place = stretches.firstIndex(where: { $0.days.contains(day) }) { counts[place] += 1 }
    }
    add(
      zip(stretches, counts).map { stretch, count in
        (days: stretch.days.count, columns: stretch.columns, events: count)
      })
  }

  /// Adds a person whose time is already cut.
  mutating func add(_ pieces: [(days: Int, columns: [Int], events: Int)]) {
    var sums: [[Int]: (days: Int, events: Int)] = [:]
    for piece in pieces {
      let sum = sums[piece.columns, default: (0, 0)]
      sums[piece.columns] = (sum.days + piece.days, sum.events + piece.events)
    }
    let ordered = sums.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    let total = ordered.reduce(0) { $0 + $1.value.events }
    guard total > 0 else { return }
    cases += 1
    events += total
    if !ordered.contains(where: { isExposed($0.key) }) { casesUnexposed += 1 }
    var key: [Int32] = []
    for column in Set(ordered.flatMap(\.key)) { columnCases[column] += 1 }
    for (columns, sum) in ordered {
      key.append(Int32(clamping: sum.days))
      key.append(Int32(columns.count))
      key += columns.map { Int32($0) }
      if !columns.contains(where: isOfExposure) {
        baselineDays += sum.days
        baselineEvents += sum.events
      }
      for column in columns {
        columnDays[column] += sum.days
        columnEvents[column] += sum.events
      }
    }
    let counts = ordered.map { Int32(clamping: $0.value.events) }
    if let place = places[key] {
      for index in counts.indices { patternEvents[place][index] += counts[index] }
    } else {
      places[key] = patterns.count
      patterns.append(key)
      patternEvents.append(counts)
    }
  }

  private func isExposed(_ columns: [Int]) -> Bool {
    columns.contains { self.columns[$0].kind == .risk }
  }

  private func isOfExposure(_ column: Int) -> Bool {
    columns[column].kind == .risk || columns[column].kind == .preExposure
  }

  /// The patterns as groups of a conditional Poisson regression, with the columns that are kept.
  func likelihood(_ kept: [Int]) -> ConditionalPoisson {
    var numbers = [Int?](repeating: nil, count: columns.count)
    for (number, column) in kept.enumerated() { numbers[column] = number }
    var likelihood = ConditionalPoisson(columns: max(1, kept.count))
    for (pattern, counts) in zip(patterns, patternEvents) {
      var group: [ConditionalPoisson.Interval] = []
      var place = 0
      for count in counts {
        let width = Int(pattern[place + 1])
        let columns = pattern[(place + 2)..<(place + 2 + width)].compactMap { numbers[Int($0)] }
        group.append(
          ConditionalPoisson.Interval(
            events: Int(count), exposure: Double(pattern[place]), columns: columns))
        place += 2 + width
      }
      likelihood.add(group)
    }
    return likelihood
  }
}
