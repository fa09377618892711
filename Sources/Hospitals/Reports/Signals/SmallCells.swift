import Governance
import Statistics

/// Which pairs may be told of reports that were not published.
///
/// No cell of a told pair's 2×2 table holds 1 to `minimum` − 1 reports. Where every report names one
/// drug, the told pairs of an event and the event's own reports give away what is left to the other
/// drugs; so that rest, of each event and of each drug, is none or at least the minimum too, and the
/// smallest told pair is kept back until it is. Where reports name several drugs the sums give nothing
/// away and the rule costs a pair here and there.
struct SmallCells {
  private let tally: ReportTally
  private let rule: MinimumCell

  init(_ tally: ReportTally, minimum: Int) {
    self.tally = tally
    rule = MinimumCell(minimum: minimum)
  }

  /// The pairs that may be told, in their order.
  /// - Complexity: O(pairs²) at worst, O(pairs) where few must be kept back.
  func open(_ pairs: [ReportTally.Pair]) -> [ReportTally.Pair] {
    var told = pairs.filter(hasNoSmallCell)
    while true {
      let drugs = exposed(told, \.drug) { tally.counts(of: $0).drug }
      let events = exposed(told, \.event) { tally.counts(of: $0).event }
      let kept = told.indices.filter { !drugs.contains($0) && !events.contains($0) }
      if kept.count == told.count { return told }
      told = kept.map { told[$0] }
    }
  }

  private func hasNoSmallCell(_ pair: ReportTally.Pair) -> Bool {
    let counts = tally.counts(of: pair)
    return [counts.both, counts.drugOnly, counts.eventOnly, counts.neither].allSatisfy(allows)
  }

  private func allows(_ count: Int) -> Bool { count <= 0 || rule.allows(count) }

  /// The smallest pair of each drug, or event, whose rest is small.
  private func exposed(
    _ told: [ReportTally.Pair], _ line: KeyPath<ReportTally.Pair, Int>,
    _ whole: (ReportTally.Pair) -> Int
  ) -> Set<Int> {
    var lines: [Int: (rest: Int, smallest: Int)] = [:]
    for (place, pair) in told.enumerated() {
      var own = lines[pair[keyPath: line]] ?? (whole(pair), place)
      own.rest -= pair.count
      if pair.count < told[own.smallest].count { own.smallest = place }
      lines[pair[keyPath: line]] = own
    }
    return Set(lines.values.filter { !allows($0.rest) }.map(\.smallest))
  }
}
