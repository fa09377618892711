/// How often intervals of each nominal level held the measured value.
struct CalibrationChart {
  let levels: [CoverageLevel]

  private var drawn: [CoverageLevel] {
    levels.filter { $0.nominal.isFinite && $0.observed.isFinite }.sorted { $0.nominal < $1.nominal }
  }

  var summary: String {
    let parts = drawn.map {
      "\(NumberText.percent($0.observed)) inside the \(NumberText.percent($0.nominal)) interval"
    }
    return parts.isEmpty
      ? "No calibration was measured."
      : "Observed coverage on the test set: \(parts.joined(separator: ", "))."
  }

  func markup() -> Markup {
    let frame = ChartFrame(
      width: 450, height: 430, x: Axis(from: 0, to: 1, start: 46, end: 430),
      y: Axis(from: 0, to: 1, start: 390, end: 30))
    let ticks = stride(from: 0, through: 100, by: 20).map {
      Axis.Tick(value: Double($0) / 100, label: "\($0) %")
    }
    let points = drawn.map { "\(frame.x.text($0.nominal)) \(frame.y.text($0.observed))" }
    return frame.svg(
      summary: summary,
      [
        frame.leftAxis(ticks, name: "observed inside"),
        """
        <path class="identity" d="M\(frame.x.text(0)) \(frame.y.text(0))L\(frame.x.text(1)) \
        \(frame.y.text(1))"/>
        """,
        points.isEmpty ? .empty : "<path class=\"curve\" d=\"M\(points.joined(separator: "L"))\"/>",
        "<path class=\"dots big\" d=\"\(points.map { "M\($0)h0" }.joined())\"/>",
        frame.bottomAxis(ticks, name: "nominal level of the interval"),
      ])
  }
}
