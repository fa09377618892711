import Foundation

/// The share that is still without an event after a time (Kaplan & Meier, JASA 1958).
public struct KaplanMeier: Hashable, Sendable {
  /// What is known at a time with an event.
  public struct Step: Hashable, Sendable {
    /// The time, in the unit given.
    public let time: Double
    /// How many were at risk just before, and how many had the event then.
    public let atRisk: Int, events: Int
    /// The share without an event after it.
    public let survival: Double
    /// Its standard error by Greenwood's formula (1926); nil where nobody is left.
    public let standardError: Double?
    /// The interval on the scale of log(−log S), which stays inside 0 to 1; nil at 0 and 1.
    public let interval: Interval?
  }

  /// The times with events, rising.
  public let steps: [Step]
  /// How many rows there are.
  public let rows: Int

  /// Counts times until an event or the last look.
  ///
  /// - Complexity: O(rows log rows)
  public init(times: [Double], isEvent: [Bool], confidence: Double = 0.95) {
    precondition(times.count == isEvent.count, "an event for every time")
    let z = -Normal.point(ofShare: (1 - confidence) / 2)
    let order = times.indices.sorted { (times[$0], $0) < (times[$1], $1) }
    var steps: [Step] = []
    var (survival, greenwood) = (1.0, 0.0)
    var start = 0
    while start < order.count {
      var end = start
      var events = 0
      while end < order.count, times[order[end]] == times[order[start]] {
        if isEvent[order[end]] { events += 1 }
        end += 1
      }
      if events > 0 {
        let atRisk = Double(order.count - start)
        let died = Double(events)
        survival *= (atRisk - died) / atRisk
        greenwood += died / (atRisk * (atRisk - died))
        let error = survival > 0 ? survival * greenwood.squareRoot() : nil
        let reach = z * greenwood.squareRoot() / log(survival)
        let isInside = survival > 0 && survival < 1
        steps.append(
          Step(
            time: times[order[start]], atRisk: order.count - start, events: events,
            survival: survival, standardError: error,
            interval: isInside
              ? Interval(
                lower: pow(survival, exp(-reach)), upper: pow(survival, exp(reach)),
                confidence: confidence) : nil))
      }
      start = end
    }
    self.steps = steps
    rows = times.count
  }

  /// The share without an event after a time.
  public func survival(after time: Double) -> Double {
    steps.last { $0.time <= time }?.survival ?? 1
  }

  /// The first time at which at most half are without an event; nil where it is never so.
  public var median: Double? { steps.first { $0.survival <= 0.5 }?.time }
}
