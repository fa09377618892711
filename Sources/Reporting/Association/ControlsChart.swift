import Foundation
public import Statistics

/// Estimates by their standard errors: negative controls, and the others, with the borders of p = .05
/// before and after calibration.
///
/// A picture of its own, for a file. Where many controls lie outside the dashed lines, p-values that
/// only know chance mislead.
public struct ControlsChart: Sendable {
  /// Negative controls, and other estimates.
  public let controls: [StudyEstimate], others: [StudyEstimate]
  /// What the controls say of the design.
  public let error: SystematicError

  /// Describes the picture.
  public init(controls: [StudyEstimate], others: [StudyEstimate], error: SystematicError) {
    self.controls = controls
    self.others = others
    self.error = error
  }

  /// The picture as SVG.
  public func svg() -> String {
    let all = controls + others
    let reach = min(max(1, all.map { abs($0.logRatio) }.max() ?? 1), 4)
    let most = min((all.map(\.standardError).max() ?? 1) * 1.05, 3)
    let frame = ChartFrame(
      width: 560, height: 360, x: Axis(from: -reach, to: reach, start: 50, end: 545),
      y: Axis(from: 0, to: most, start: 305, end: 28))
    let markup: Markup = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 560 360" role="img" \
      aria-label="Estimates by standard error."><style>\(Markup(trusted: Self.style))</style>\
      \(frame.leftAxis(frame.y.ticks(atMost: 6), name: "standard error"))\
      <path class="chance" d="\(border(frame, most, calibrated: false))"/>\
      <path class="border" d="\(border(frame, most, calibrated: true))"/>\
      \(dots(others, "other", frame))\(dots(controls, "control", frame))\
      \(frame.bottomAxis(frame.x.ticks(atMost: 8), name: "log ratio"))\
      <text x="545" y="14" class="end">dots: negative controls; rings: others; \
      dashed: p = .05 by chance alone, solid: calibrated</text></svg>

      """
    return markup.html
  }

  private static let style = """
    text{font:11px sans-serif;fill:#444}.end{text-anchor:end}.mid{text-anchor:middle}\
    path{fill:none;stroke:#999}.grid{stroke:#ddd}.chance{stroke-dasharray:5 4}\
    .border{stroke:#b8571b;stroke-width:1.5}.control{fill:#2b6cb0}\
    .other{fill:none;stroke:#b8571b}
    """

  private func dots(_ estimates: [StudyEstimate], _ kind: String, _ frame: ChartFrame) -> Markup {
    var dots = Markup.empty
    for estimate in estimates {
      dots.append(
        """
        <circle class="\(kind)" cx="\(frame.x.text(estimate.logRatio))" \
        cy="\(frame.y.text(estimate.standardError))" r="3.5"/>
        """)
    }
    return dots
  }

  /// The log ratios at which p is .05, along the standard errors, both sides.
  private func border(_ frame: ChartFrame, _ most: Double, calibrated: Bool) -> String {
    let z = -Normal.point(ofShare: 0.025)
    let mean = calibrated ? error.mean : 0
    let deviation = calibrated ? error.deviation : 0
    return [-1.0, 1.0].map { side in
      (0...40).map { step in
        let spread = most * Double(step) / 40
        let edge = mean + side * z * (deviation * deviation + spread * spread).squareRoot()
        return "\(step == 0 ? "M" : "L")\(frame.x.text(edge)) \(frame.y.text(spread))"
      }.joined()
    }.joined()
  }
}
