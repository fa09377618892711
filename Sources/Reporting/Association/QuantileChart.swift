/// Seen against expected −log₁₀ p: off the line from the start means that something was not accounted for.
struct QuantileChart {
  let quantiles: [(expected: Double, seen: Double)]

  func markup() -> Markup {
    guard let last = quantiles.last else { return .empty }
    let most = max(last.expected, quantiles.map(\.seen).max() ?? 0) * 1.05
    let frame = ChartFrame(
      width: 340, height: 340, x: Axis(from: 0, to: last.expected, start: 44, end: 330),
      y: Axis(from: 0, to: most, start: 290, end: 22))
    let path = quantiles.map {
      "M\(frame.x.text($0.expected)) \(frame.y.text($0.seen))h0"
    }.joined()
    return frame.svg(
      summary: "Seen against expected −log₁₀ p.", class: "chart quantiles",
      [
        frame.leftAxis(frame.y.ticks(atMost: 6), name: "seen −log₁₀ p"),
        """
        <path class="identity" d="M\(frame.x.text(0)) \(frame.y.text(0))\
        L\(frame.x.text(last.expected)) \(frame.y.text(last.expected))"/>
        """,
        "<path class=\"dots d0\" d=\"\(path)\"/>",
        frame.bottomAxis(frame.x.ticks(atMost: 5), name: "expected −log₁₀ p"),
      ])
  }
}
