/// −log₁₀ p along the genome: the towers are what there is to see.
struct ManhattanChart {
  let chromosomes: [AssociationReport.Chromosome]
  let points: [AssociationReport.Point]
  /// The −log₁₀ p that is held to be beyond chance over the whole genome.
  let limit: Double

  func markup() -> Markup {
    let most = max(limit * 1.15, (points.map(\.minusLog10P).max() ?? 0) * 1.05)
    let frame = ChartFrame(
      width: 1000, height: 340, x: Axis(from: 0, to: 1, start: 44, end: 992),
      y: Axis(from: 0, to: most, start: 290, end: 22))
    let drawn = [0, 1].map { parity -> Markup in
      // Points that fall on one place of the drawing are one.
      var seen = Set<String>()
      var path = ""
      for point in points where point.chromosome % 2 == parity {
        let at = "M\(frame.x.text(point.place)) \(frame.y.text(point.minusLog10P))h0"
        if seen.insert(at).inserted { path += at }
      }
      return "<path class=\"dots d\(parity)\" d=\"\(path)\"/>"
    }
    let names = chromosomes.enumerated().map { number, chromosome -> Markup in
      // A name that has no room is left out; the neighbours tell where it is.
      guard chromosome.end - chromosome.start > 0.017 else { return .empty }
      let place = frame.x.place((chromosome.start + chromosome.end) / 2)
      return """
        <text x="\(Axis.text(place))" y="307" class="mid">\(chromosome.name)</text>
        """
    }
    let line = frame.y.text(limit)
    return frame.svg(
      summary: summary, class: "chart manhattan",
      [frame.leftAxis(frame.y.ticks(atMost: 6), name: "−log₁₀ p")] + drawn + names + [
        "<path class=\"limit\" d=\"M44 \(line)H992\"/>",
        "<path class=\"axis\" d=\"M44 290H992\"/>",
        "<text x=\"518\" y=\"328\" class=\"mid name\">chromosome</text>",
      ])
  }

  private var summary: String {
    let most = points.map(\.minusLog10P).max() ?? 0
    let above = points.count { $0.minusLog10P >= limit }
    return "−log₁₀ p along \(NumberText.count(chromosomes.count, "chromosome")): at most "
      + "\(NumberText.shown(most, decimals: 1)), "
      + "\(NumberText.count(above, "place")) beyond \(NumberText.shown(limit, decimals: 1))."
  }
}
