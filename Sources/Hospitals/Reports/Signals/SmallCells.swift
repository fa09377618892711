import Governance
import Statistics

/// Which pairs may be told of reports that were not published.
///
/// No cell of a told pair's 2×2 table holds 1 to `minimum` − 1 reports. Where every report names one
/// drug, the told pairs of an event and the event's own reports give away what is left to the other
/// drugs; so that rest, of each event and of each drug, is none or at least the minimum too, and the
/// smallest told pair is kept back until it is. Where reports name several drugs the sums give nothing
/// away and the rule costs a pair here and there.
///
/// Where people have several reports, a cell of r reports in which nobody has more than m is of r/m
/// people or more, so it holds at least m times the minimum. (A pair's reports, and those of an event
/// alone, are of as many people.)
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
      let drugs = exposed(told, \.drug, most) { tally.counts(of: $0).drug }
      let events = exposed(told, \.event, { _ in 1 }) { tally.counts(of: $0).event }
      let kept = told.indices.filter { !drugs.contains($0) && !events.contains($0) }
      if kept.count == told.count { return told }
      told = kept.map { told[$0] }
    }
  }

  private func hasNoSmallCell(_ pair: ReportTally.Pair) -> Bool {
    let counts = tally.counts(of: pair)
    return allows(counts.both) && allows(counts.eventOnly)
      && allows(counts.drugOnly, most: most(pair))
      && allows(counts.neither, most: tally.repeats?.all ?? 1)
  }

  private func allows(_ count: Int, most: Int = 1) -> Bool {
    count <= 0 || count >= rule.minimum * most
  }

  /// The most reports that one person has with the pair's drug.
  private func most(_ pair: ReportTally.Pair) -> Int { tally.repeats?.byDrug[pair.drug] ?? 1 }

  /// The smallest pair of each drug, or event, whose rest is small.
  private func exposed(
    _ told: [ReportTally.Pair], _ line: KeyPath<ReportTally.Pair, Int>,
    _ most: (ReportTally.Pair) -> Int, _ whole: (ReportTally.Pair) -> Int
  ) -> Set<Int> {
    var lines: [Int: (rest: Int, smallest: Int)] = [:]
    for (place, pair) in told.enumerated() {
      var own = lines[pair[keyPath: line]] ?? (whole(pair), place)
      own.rest -= pair.count
      if pair.count < told[own.smallest].count { own.smallest = place }
      lines[pair[keyPath: line]] = own
    }
    return Set(
      lines.values.filter { !allows($0.rest, most: most(told[$0.smallest])) }.map(\.smallest))
  }
}
