/// Days after an exposure in which the rate of events is asked for, both ends included.
public struct RiskWindow: Codable, Hashable, Sendable {
  /// What the last day is counted from.
  public enum Anchor: String, Codable, Hashable, Sendable {
    /// The day the exposure starts.
    case start
    /// The day it ends, as with eras of a drug.
    case end
  }

  /// The first day, counted from the start of the exposure: 0 is the day itself.
  public let first: Int
  /// The last day, counted from the anchor.
  public let last: Int, anchor: Anchor

  /// A window; nil where it can hold no day.
  public init?(first: Int, last: Int, anchor: Anchor = .start) {
    guard abs(first) <= 100_000, abs(last) <= 100_000, anchor == .end || last >= first else {
      return nil
    }
    self.first = first
    self.last = last
    self.anchor = anchor
  }

  /// Reads `0:42`, `0:end` or `0:end+14`.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, let first = Int(parts[0]) else { return nil }
    guard parts[1].hasPrefix("end") else {
      guard let last = Int(parts[1]) else { return nil }
      self.init(first: first, last: last)
      return
    }
    let more = parts[1].dropFirst(3)
    guard let last = more.isEmpty ? 0 : Int(more), more.isEmpty || more.hasPrefix("+") || last < 0
    else { return nil }
    self.init(first: first, last: last, anchor: .end)
  }

  /// The window as it is written.
  public var text: String {
    let end =
      anchor == .start ? "\(last)" : last == 0 ? "end" : last > 0 ? "end+\(last)" : "end\(last)"
    return "\(first):\(end)"
  }

  /// The days of an exposure, nil where they are none.
  func days(of exposure: Exposure) -> ClosedRange<Int>? {
    let from = exposure.start + first
    let to = (anchor == .start ? exposure.start : exposure.end) + last
    return from <= to ? from...to : nil
  }
}

/// When somebody was exposed, both days included.
public struct Exposure: Hashable, Sendable, Comparable {
  /// The first day and the last.
  public let start: Int, end: Int

  /// An exposure; of one day where no end is known, or the end lies before the start.
  public init(start: Int, end: Int? = nil) {
    self.start = start
    self.end = max(start, end ?? start)
  }

  /// By start, then by end.
  public static func < (one: Exposure, other: Exposure) -> Bool {
    (one.start, one.end) < (other.start, other.end)
  }
}
