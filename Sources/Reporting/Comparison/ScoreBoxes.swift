import Evaluation
import Statistics

/// The scores of the folds: a box from quartile to quartile, the median, every score as a dot, and
/// the interval of the mean below.
struct ScoreBoxes {
  let comparison: DatasetComparison

  func markup() -> Markup {
    let rows = comparison.standings.filter { $0.mean != nil }
    let all = rows.flatMap { standing in
      standing.scores.compactMap { $0 }
        + (standing.interval.map { [$0.lower, $0.upper] } ?? [])
    }
    guard let low = all.min(), let high = all.max() else { return .empty }
    let margin = max((high - low) * 0.06, 1e-9)
    let pitch = 46.0
    let bottom = 6 + pitch * Double(rows.count)
    let frame = ChartFrame(
      width: 520, height: bottom + 40,
      x: Axis(from: low - margin, to: high + margin, start: 8, end: 512),
      y: Axis(from: 0, to: 1, start: bottom, end: 6))
    let boxes = rows.enumerated().map { place, standing in
      box(standing, top: 6 + pitch * Double(place), frame.x)
    }
    let name =
      "\(comparison.metric.name) (\(comparison.metric.higherIsBetter ? "higher" : "lower") is better)"
    let summary = rows.map {
      "\($0.model) \(ScoreText.shown($0.mean, decimals: 3))"
    }.joined(separator: "; ")
    return frame.svg(
      summary: "\(comparison.metric.name) of the folds, means: \(summary)",
      boxes + [frame.bottomAxis(frame.x.ticks(atMost: 6), name: name)])
  }

  private func box(_ standing: DatasetComparison.Standing, top: Double, _ axis: Axis) -> Markup {
    let scores = standing.scores.compactMap { $0 }.sorted()
    func quantile(_ share: Double) -> Double {
      QuantileRule.linear.quantile(share, ofSorted: scores) ?? 0
    }
    let middle = Axis.text(top + 27)
    let dots = scores.map { "M\(axis.text($0)) \(middle)h0" }.joined()
    let box: Markup =
      scores.count < 5
      ? .empty
      : """
      <path class="box" d="M\(axis.text(quantile(0.25))) \(Axis.text(top + 20))\
      H\(axis.text(quantile(0.75)))v14H\(axis.text(quantile(0.25)))z"/>\
      <path class="median" d="M\(axis.text(quantile(0.5))) \(Axis.text(top + 20))v14"/>
      """
    let interval: Markup =
      standing.interval.map { interval in
        """
        <path class="span" d="M\(axis.text(interval.lower)) \(Axis.text(top + 40))\
        H\(axis.text(interval.upper))"/>
        """
      } ?? .empty
    return """
      <text x="8" y="\(Axis.text(top + 13))" class="name">\(standing.model)</text>\(box)\
      <path class="dots" d="\(dots)"/>\(interval)
      """
  }
}
