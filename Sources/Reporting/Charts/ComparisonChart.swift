/// One metric of the model and its baselines below each other, each with its interval.
struct ComparisonChart {
  let contenders: [Contender]
  let metric: String

  private struct Row {
    let name: String
    let role: Contender.Role
    let metric: Metric
  }

  private var rows: [Row] {
    contenders.compactMap { contender in
      contender.metrics.first { $0.name == metric && $0.value.isFinite }
        .map { Row(name: contender.name, role: contender.role, metric: $0) }
    }
  }

  var summary: String {
    let parts = rows.map { "\($0.name) \(MetricText.withInterval($0.metric))" }
    return "\(metric) on the test set: \(parts.joined(separator: "; "))."
  }

  func markup() -> Markup {
    let rows = rows
    let ends = rows.flatMap { row -> [Double] in
      [row.metric.value] + (row.metric.interval.map { [$0.lowerBound, $0.upperBound] } ?? [])
    }.filter(\.isFinite)
    guard let low = ends.min(), let high = ends.max() else { return .empty }
    let margin = (high - low) * 0.08
    let top = 8.0
    let pitch = 42.0
    let bottom = top + Double(rows.count) * pitch + 2
    let frame = ChartFrame(
      width: 480, height: bottom + 40,
      x: Axis(from: low - margin, to: high + margin, start: 8, end: 472),
      y: Axis(from: 0, to: 1, start: bottom, end: top))
    let better = rows.first?.metric.better == .higher ? "higher is better" : "lower is better"
    let lines = rows.enumerated().map { index, row in
      line(row, at: top + Double(index) * pitch, frame)
    }
    return frame.svg(
      summary: summary,
      lines + [frame.bottomAxis(frame.x.ticks(atMost: 6), name: "\(metric) (\(better))")])
  }

  private func line(_ row: Row, at y: Double, _ frame: ChartFrame) -> Markup {
    let kind = row.role == .model ? "model" : "base"
    let centre = Axis.text(y + 28)
    let whisker = row.metric.interval.map { interval -> Markup in
      """
      <path class="whisker" d="M\(frame.x.text(interval.lowerBound)) \(centre)\
      H\(frame.x.text(interval.upperBound))"/>
      """
    }
    return """
      <g class="\(kind)"><text x="8" y="\(Axis.text(y + 14))">\(row.name)</text>\
      <text x="472" y="\(Axis.text(y + 14))" class="end">\(MetricText.withInterval(row.metric))\
      </text><path class="rail" d="M8 \(centre)H472"/>\(whisker ?? .empty)\
      <path class="knob" d="M\(frame.x.text(row.metric.value)) \(centre)h0"/></g>
      """
  }
}

/// A metric as text.
enum MetricText {
  /// The value alone.
  static func value(_ metric: Metric) -> String { NumberText.shown(metric.value, decimals: 3) }

  /// The interval in brackets; nothing when there is none.
  static func interval(_ metric: Metric) -> String {
    guard let interval = metric.interval else { return "" }
    let low = NumberText.shown(interval.lowerBound, decimals: 3)
    return "[\(low), \(NumberText.shown(interval.upperBound, decimals: 3))]"
  }

  /// The value and its interval.
  static func withInterval(_ metric: Metric) -> String {
    metric.interval == nil ? value(metric) : "\(value(metric)) \(interval(metric))"
  }
}
