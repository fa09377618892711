import Evaluation

/// Demšar's diagram: mean ranks on an axis, bars over models that are not shown to differ.
struct CriticalDifferenceChart {
  let ranking: OverallRanking

  func markup() -> Markup {
    let order = ranking.models.indices.sorted {
      (ranking.meanRanks[$0], $0) < (ranking.meanRanks[$1], $1)
    }
    let count = order.count
    let left = (count + 1) / 2
    let bars = bars(order)
    let top = 66.0 + 9 * Double(bars.count)
    let height = top + 24 * Double(left) + 8
    let axis = Axis(from: 1, to: Double(count), start: 190, end: 570)
    let frame = ChartFrame(
      width: 760, height: height, x: axis, y: Axis(from: 0, to: 1, start: height, end: 0))
    let ticks = (1...max(count, 1)).map { rank -> Markup in
      """
      <path class="tick" d="M\(axis.text(Double(rank))) 40v-5"/>\
      <text x="\(axis.text(Double(rank)))" y="30" class="mid">\(rank)</text>
      """
    }
    let reach = min(ranking.criticalDifference, Double(count - 1))
    let critical: Markup = """
      <path class="cd" d="M\(axis.text(1)) 8H\(axis.text(1 + reach))M\(axis.text(1)) 4v8\
      M\(axis.text(1 + reach)) 4v8"/><text x="\(Axis.text(axis.place(1 + reach) + 8))" y="12">\
      critical difference \(NumberText.plain(ranking.criticalDifference, decimals: 2))</text>
      """
    let names = order.enumerated().map { place, model -> Markup in
      let rank = ranking.meanRanks[model]
      let isLeft = place < left
      let y = top + 24 * Double(isLeft ? place : count - 1 - place)
      let text = "\(ranking.models[model]) \(NumberText.plain(rank, decimals: 2))"
      return """
        <path class="lead" d="M\(axis.text(rank)) 40V\(Axis.text(y))H\(isLeft ? 182 : 578)"/>\
        <text x="\(isLeft ? 178 : 582)" y="\(Axis.text(y + 4))" class="name\(isLeft ? " end" : "")">\
        \(text)</text>
        """
    }
    let joined = bars.enumerated().map { level, bar -> Markup in
      let y = Axis.text(50 + 9 * Double(level))
      return """
        <path class="join" d="M\(Axis.text(axis.place(bar.lowerBound) - 4)) \(y)\
        H\(Axis.text(axis.place(bar.upperBound) + 4))"/>
        """
    }
    let summary = order.map {
      "\(ranking.models[$0]) \(NumberText.plain(ranking.meanRanks[$0], decimals: 2))"
    }.joined(separator: ", ")
    return frame.svg(
      summary: "Mean ranks: \(summary)",
      [critical, "<path class=\"axis\" d=\"M\(axis.text(1)) 40H\(axis.text(Double(count)))\"/>"]
        + ticks + names + joined)
  }

  /// The longest runs of models that are not shown to differ, from the best on.
  private func bars(_ order: [Int]) -> [ClosedRange<Double>] {
    var bars: [ClosedRange<Double>] = []
    for start in order.indices {
      let first = ranking.meanRanks[order[start]]
      var end = start
      while end + 1 < order.count,
        ranking.meanRanks[order[end + 1]] - first < ranking.criticalDifference
      { end += 1 }
      let last = ranking.meanRanks[order[end]]
      if end > start, !bars.contains(where: { $0.upperBound >= last }) { bars.append(first...last) }
    }
    return bars
  }
}
