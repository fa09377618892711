/// What a case series needs to know of one person.
public struct PersonHistory: Hashable, Sendable {
  /// When the person was observed, both ends included.
  public var periods: [ClosedRange<Int>]
  /// The day of birth; nil where days are ages.
  public var birth: Int?
  /// When the person was exposed.
  public var exposures: [Exposure]
  /// The days of events.
  public var events: [Int]

  /// Describes a person.
  public init(
    periods: [ClosedRange<Int>], birth: Int? = nil, exposures: [Exposure], events: [Int]
  ) {
    self.periods = periods
    self.birth = birth
    self.exposures = exposures
    self.events = events
  }

  /// A stretch of a person's time in which no column changes.
  struct Stretch: Hashable {
    let days: ClosedRange<Int>
    let columns: [Int]
  }

  /// The time of a person, cut where a column changes.
  ///
  /// Where windows of two exposures meet, the later exposure has the day; a day in a window of one
  /// exposure and before another is in the window. Complexity: cuts × exposures.
  func stretches(_ design: SeriesDesign) -> [Stretch] {
    let exposures = exposures.sorted()
    let birth = birth ?? 0
    var cuts: [Int] = design.ageCuts.map { $0 + birth } + design.calendarCuts
    for exposure in exposures {
      for days in design.risk.compactMap({ $0.days(of: exposure) }) {
        cuts += [days.lowerBound, days.upperBound + 1]
      }
      if design.preExposure > 0 { cuts += [exposure.start - design.preExposure, exposure.start] }
    }
    cuts.sort()
    let before = design.risk.count
    let ages = before + (design.preExposure > 0 ? 1 : 0)
    let calendar = ages + (design.ageCuts.isEmpty ? 0 : design.ageCuts.count + 1)
    var stretches: [Stretch] = []
    for period in periods.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      var start = period.lowerBound
      var next = cuts.firstIndex { $0 > start } ?? cuts.count
      while start <= period.upperBound {
        while next < cuts.count, cuts[next] <= start { next += 1 }
        let end = next < cuts.count ? min(cuts[next] - 1, period.upperBound) : period.upperBound
        var columns: [Int] = []
        if let state = Self.state(of: start, exposures, design) { columns.append(state) }
        if !design.ageCuts.isEmpty {
          columns.append(ages + design.ageCuts.count { $0 <= start - birth })
        }
        if !design.calendarCuts.isEmpty {
          columns.append(calendar + design.calendarCuts.count { $0 <= start })
        }
        stretches.append(Stretch(days: start...end, columns: columns))
        start = end + 1
      }
    }
    return stretches
  }

  /// The column of a day's exposure; nil for none.
  private static func state(
    of day: Int, _ exposures: [Exposure], _ design: SeriesDesign
  ) -> Int? {
    for exposure in exposures.reversed() {
      for (column, window) in design.risk.enumerated() {
        if let days = window.days(of: exposure), days.contains(day) { return column }
      }
    }
    guard design.preExposure > 0 else { return nil }
    let isBefore = exposures.contains { day < $0.start && day >= $0.start - design.preExposure }
    return isBefore ? design.risk.count : nil
  }
}
