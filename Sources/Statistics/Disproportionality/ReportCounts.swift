import Foundation

/// How often a drug and an event are reported together, alone and not at all: a 2×2 table.
///
/// What is counted, distinct reports or pairs of a report and an event, the caller decides and says.
public struct ReportCounts: Hashable, Sendable {
  /// Reports with the drug and the event, a.
  public let both: Int
  /// Reports with the drug, a + b.
  public let drug: Int
  /// Reports with the event, a + c.
  public let event: Int
  /// All reports, a + b + c + d.
  public let total: Int

  /// A table by its corner and its margins.
  public init(both: Int, drug: Int, event: Int, total: Int) {
    precondition(both >= 0 && both <= min(drug, event), "\(both) reports of \(drug) and \(event)")
    precondition(drug + event - both <= total, "more reports than there are, \(total)")
    self.both = both
    self.drug = drug
    self.event = event
    self.total = total
  }

  /// Reports with the drug and without the event, b.
  public var drugOnly: Int { drug - both }
  /// Reports with the event and without the drug, c.
  public var eventOnly: Int { event - both }
  /// Reports with neither, d.
  public var neither: Int { total - drug - event + both }

  /// How many reports would hold both if drug and event had nothing to do with one another.
  public var expected: Double { Double(drug) * Double(event) / Double(total) }

  /// Yates' chi-square of one degree; nil where a margin is 0 or everything.
  ///
  /// Yates, J. R. Stat. Soc. Suppl. 1934, 1, 217: n (|ad − bc| − n/2)² over the product of the
  /// margins, 0 where the correction is larger than the difference.
  public var yates: Double? {
    let (a, b, c, d) = (Double(both), Double(drugOnly), Double(eventOnly), Double(neither))
    let margins = (a + b) * (c + d) * (a + c) * (b + d)
    guard margins > 0 else { return nil }
    let difference = max(0, abs(a * d - b * c) - Double(total) / 2)
    return Double(total) * difference * difference / margins
  }
}
