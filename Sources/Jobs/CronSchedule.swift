public import Foundation

/// When something happens again and again: a line of cron in a time zone.
///
/// Minute, hour, day of the month, month, day of the week; `*`, numbers, ranges, lists, steps, names
/// of months and days. Where both days are given either will do, as in every cron. An hour that the
/// clock leaps over in spring happens at the end of the leap; one that comes twice in autumn happens
/// once, the first time.
public struct CronSchedule: Hashable, Codable, Sendable {
  /// The line.
  public let line: String
  /// The zone's name, such as `Asia/Seoul`.
  public let zone: String

  private let minutes: Set<Int>, hours: Set<Int>, days: Set<Int>, months: Set<Int>
  private let weekdays: Set<Int>
  private let isAnyDay: Bool, isAnyWeekday: Bool

  /// Why a line is none.
  public struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
    /// A sentence.
    public let description: String
  }

  /// Reads a line; throws for one that is wrong or never comes.
  public init(_ line: String, zone: String = "UTC") throws(Fault) {
    self.line = line
    self.zone = zone
    guard TimeZone(identifier: zone) != nil else {
      throw Fault(description: "\(zone) is no time zone, as Asia/Seoul is one")
    }
    let fields = line.split(whereSeparator: \.isWhitespace).map(String.init)
    guard fields.count == 5 else {
      throw Fault(description: "`\(line)` has \(fields.count) fields, a cron line has five")
    }
    minutes = try Self.values(fields[0], 0...59, [])
    hours = try Self.values(fields[1], 0...23, [])
    days = try Self.values(fields[2], 1...31, [])
    months = try Self.values(
      fields[3], 1...12,
      ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"])
    let week = try Self.values(fields[4], 0...7, ["sun", "mon", "tue", "wed", "thu", "fri", "sat"])
    weekdays = Set(week.map { $0 % 7 })
    isAnyDay = fields[2].hasPrefix("*")
    isAnyWeekday = fields[4].hasPrefix("*")
    // 29 February comes within eight years at most.
    guard next(after: Date(timeIntervalSince1970: 1_700_000_000)) != nil else {
      throw Fault(description: "`\(line)` never comes: no such day is in the calendar")
    }
  }

  /// The first instant after another one at which it happens; nil if it never does.
  public func next(after instant: Date) -> Date? {
    guard let calendar else { return nil }
    // Whole minutes from the next one on.
    var day = calendar.startOfDay(for: instant)
    for _ in 0..<(366 * 9) {
      let parts = calendar.dateComponents([.day, .month, .weekday, .year], from: day)
      if let dayNumber = parts.day, let month = parts.month, let weekday = parts.weekday,
        months.contains(month), matches(day: dayNumber, weekday: weekday - 1)
      {
        for hour in hours.sorted() {
          for minute in minutes.sorted() {
            var wanted = parts
            wanted.hour = hour
            wanted.minute = minute
            wanted.weekday = nil
            guard let found = calendar.date(from: wanted) else { continue }
            if found > instant { return found }
          }
        }
      }
      // Noon to noon: a day of 23 or 25 hours does not lose or repeat one.
      guard let noon = calendar.date(byAdding: .hour, value: 12, to: day) else { return nil }
      guard let later = calendar.date(byAdding: .day, value: 1, to: noon) else { return nil }
      day = calendar.startOfDay(for: later)
    }
    return nil
  }

  private var calendar: Calendar? {
    guard let zone = TimeZone(identifier: zone) else { return nil }
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    return calendar
  }

  private func matches(day: Int, weekday: Int) -> Bool {
    switch (isAnyDay, isAnyWeekday) {
    case (true, true): true
    case (false, true): days.contains(day)
    case (true, false): weekdays.contains(weekday)
    case (false, false): days.contains(day) || weekdays.contains(weekday)
    }
  }

  private static func values(
    _ field: String, _ range: ClosedRange<Int>, _ names: [String]
  ) throws(Fault) -> Set<Int> {
    var result = Set<Int>()
    for part in field.split(separator: ",", omittingEmptySubsequences: false) {
      let pieces = part.split(separator: "/", omittingEmptySubsequences: false)
      guard pieces.count <= 2, let step = pieces.count == 2 ? Int(pieces[1]) : 1, step > 0 else {
        throw Fault(description: "`\(field)` has a step that is no number above 0")
      }
      let bounds: ClosedRange<Int>
      if pieces[0] == "*" {
        bounds = range
      } else {
        let ends = pieces[0].split(separator: "-", omittingEmptySubsequences: false)
        let numbers = ends.compactMap { number(String($0), range, names) }
        guard (1...2).contains(ends.count), numbers.count == ends.count,
          let first = numbers.first, let last = numbers.last, first <= last
        else {
          throw Fault(
            description: "`\(field)` is not within \(range.lowerBound) to \(range.upperBound)")
        }
        // `5/15` means from 5 on.
        bounds = first...(ends.count == 1 && pieces.count == 2 ? range.upperBound : last)
      }
      result.formUnion(stride(from: bounds.lowerBound, through: bounds.upperBound, by: step))
    }
    return result
  }

  private static func number(_ text: String, _ range: ClosedRange<Int>, _ names: [String]) -> Int? {
    if let place = names.firstIndex(of: text.lowercased()) {
      return place + (range.lowerBound == 1 ? 1 : 0)
    }
    guard let number = Int(text), range.contains(number) else { return nil }
    return number
  }
}
