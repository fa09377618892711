/// The parts that every chart shares: size, axes with ticks and names, the text alternative.
struct ChartFrame {
  let width: Double
  let height: Double
  let x: Axis
  let y: Axis

  /// Wraps a chart's content; `summary` is what a reader hears who cannot see it.
  func svg(summary: String, class kind: String = "chart", _ content: [Markup]) -> Markup {
    """
    <svg class="\(kind)" viewBox="0 0 \(Axis.text(width)) \(Axis.text(height))" role="img" \
    aria-label="\(summary)">\(content)</svg>
    """
  }

  /// The horizontal axis with its ticks and name.
  func bottomAxis(_ ticks: [Axis.Tick], name: String) -> Markup {
    let base = Axis.text(y.start)
    let marks = ticks.map { tick -> Markup in
      """
      <path class="tick" d="M\(x.text(tick.value)) \(base)v4"/>\
      <text x="\(x.text(tick.value))" y="\(Axis.text(y.start + 17))" class="mid">\(tick.label)</text>
      """
    }
    return """
      <path class="axis" d="M\(Axis.text(x.start)) \(base)H\(Axis.text(x.end))"/>\(marks)\
      <text x="\(Axis.text((x.start + x.end) / 2))" y="\(Axis.text(y.start + 36))" \
      class="mid name">\(name)</text>
      """
  }

  /// The vertical axis as faint lines with labels, its name above them.
  func leftAxis(_ ticks: [Axis.Tick], name: String) -> Markup {
    let marks = ticks.map { tick -> Markup in
      """
      <path class="grid" d="M\(Axis.text(x.start)) \(y.text(tick.value))H\(Axis.text(x.end))"/>\
      <text x="\(Axis.text(x.start - 7))" y="\(Axis.text(y.place(tick.value) + 4))" class="end">\
      \(tick.label)</text>
      """
    }
    return """
      \(marks)<text x="\(Axis.text(max(x.start - 40, 0)))" y="\(Axis.text(y.end - 10))" \
      class="name">\(name)</text>
      """
  }
}
