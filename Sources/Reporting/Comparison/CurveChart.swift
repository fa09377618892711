/// Several models' curves in one frame, told apart by colour and dash.
struct CurveChart {
  struct Line {
    let name: String
    let points: [(x: Double, y: Double)]
  }

  let x: String
  let y: String
  let lines: [Line]
  var diagonal = false
  /// Whether both axes go from 0 to 1.
  var isUnit = true

  func markup() -> Markup {
    let ys = lines.flatMap { $0.points.map(\.y) }.filter(\.isFinite)
    let xs = lines.flatMap { $0.points.map(\.x) }.filter(\.isFinite)
    guard let low = ys.min(), let high = ys.max(), let last = xs.max() else { return .empty }
    let legend = 17 * Double(lines.count)
    let frame = ChartFrame(
      width: 340, height: 322 + legend,
      x: Axis(from: 0, to: isUnit ? 1 : last, start: 44, end: 330),
      y: isUnit
        ? Axis(from: 0, to: 1, start: 276, end: 22)
        : Axis(
          from: low - 0.05 * (high - low), to: high + 0.05 * (high - low), start: 276, end: 22))
    let drawn = lines.enumerated().map { number, line -> Markup in
      let path = line.points.filter { $0.x.isFinite && $0.y.isFinite }.enumerated()
        .map {
          "\($0.offset == 0 ? "M" : "L")\(frame.x.text($0.element.x)) \(frame.y.text($0.element.y))"
        }
        .joined()
      let at = Axis.text(326 + 17 * Double(number))
      let kind = "line c\(number % 8)"
      return """
        <path class="\(kind)" d="\(path)"/><path class="\(kind)" d="M44 \(at)h26"/>\
        <text x="78" y="\(Axis.text(330 + 17 * Double(number)))">\(line.name)</text>
        """
    }
    let straight: Markup =
      diagonal
      ? "<path class=\"identity\" d=\"M\(frame.x.text(0)) \(frame.y.text(0))L\(frame.x.text(1)) \(frame.y.text(1))\"/>"
      : .empty
    return frame.svg(
      summary: "\(y) against \(x) for \(lines.map(\.name).joined(separator: ", "))",
      [
        frame.leftAxis(frame.y.ticks(atMost: 5), name: y), straight,
        frame.bottomAxis(frame.x.ticks(atMost: 5), name: x),
      ] + drawn)
  }
}
