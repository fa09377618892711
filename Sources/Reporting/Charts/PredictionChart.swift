import Entities

/// Predicted against measured values of the test set, each with its 90 % interval.
struct PredictionChart {
  let test: [TestPrediction]
  let endpoint: ReportEndpoint

  private var drawn: [TestPrediction] {
    test.filter {
      $0.measured.isFinite && $0.prediction.value.isFinite && $0.prediction.lower.isFinite
        && $0.prediction.upper.isFinite
    }
  }

  var summary: String {
    let missed = drawn.filter(isMissed).count
    return """
      Predicted against measured \(endpoint.name) of \
      \(NumberText.count(drawn.count, "test compound")); the 90 % interval misses the measured \
      value of \(NumberText.grouped(missed)).
      """
  }

  func markup() -> Markup {
    let values = drawn.flatMap { [$0.measured, $0.prediction.value] }
    let low = ((values.min() ?? 0) - 0.2).rounded(.down)
    let high = ((values.max() ?? 1) + 0.2).rounded(.up)
    let frame = ChartFrame(
      width: 450, height: 430, x: Axis(from: low, to: high, start: 46, end: 430),
      y: Axis(from: low, to: high, start: 390, end: 30))
    let ticks = frame.x.ticks(atMost: 8)
    let held = drawn.filter { !isMissed($0) }
    let missed = drawn.filter(isMissed)
    return frame.svg(
      summary: summary,
      [
        frame.leftAxis(ticks, name: "predicted \(endpoint.name)"),
        "<path class=\"bars held\" d=\"\(intervals(held, frame))\"/>",
        "<path class=\"bars missed\" d=\"\(intervals(missed, frame))\"/>",
        """
        <path class="identity" d="M\(frame.x.text(low)) \(frame.y.text(low))\
        L\(frame.x.text(high)) \(frame.y.text(high))"/>
        """,
        "<path class=\"dots held\" d=\"\(dots(held, frame))\"/>",
        "<path class=\"dots missed\" d=\"\(dots(missed, frame))\"/>",
        frame.bottomAxis(ticks, name: "measured \(endpoint.name) (\(endpoint.unit))"),
      ])
  }

  private func isMissed(_ point: TestPrediction) -> Bool {
    !(point.prediction.lower...max(point.prediction.lower, point.prediction.upper))
      .contains(point.measured)
  }

  // A line of no length with round ends is a dot: hundreds of dots in one short path.
  private func dots(_ points: [TestPrediction], _ frame: ChartFrame) -> String {
    points.map { "M\(frame.x.text($0.measured)) \(frame.y.text($0.prediction.value))h0" }.joined()
  }

  private func intervals(_ points: [TestPrediction], _ frame: ChartFrame) -> String {
    points.map {
      "M\(frame.x.text($0.measured)) \(frame.y.text($0.prediction.lower))"
        + "V\(frame.y.text($0.prediction.upper))"
    }.joined()
  }
}
