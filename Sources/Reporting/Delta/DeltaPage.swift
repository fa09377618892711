import Evaluation
import Screening
import Statistics

/// What moved in a list as one HTML page that needs nothing but itself, and runs no script.
struct DeltaPage {
  let report: DeltaReport

  func markup() -> Markup {
    """
    \(PageShell.head(title: report.title, style: Self.style))
    <body>
    <header><p class="kicker">What moved, and why</p><h1>\(report.title)</h1>
    <p class="lede">\(report.nights). \(verdict)</p></header>
    <main>
    \(withheld)
    \(causes)
    \(report.measured.map(measured) ?? .empty)
    \(ListChange.Kind.allCases.map(section))
    \(PageShell.provenance(report.provenance.map { ($0.name, $0.value) }))
    </main>
    </body>
    </html>

    """
  }

  private var verdict: Markup {
    guard let comparison = report.comparison else {
      return "This is the first night of the list: there is nothing to compare with."
    }
    if comparison.factors.isEmpty { return "<strong>Nothing changed.</strong>" }
    if comparison.changes.isEmpty {
      return "<strong>No compound moved</strong>, although something changed."
    }
    return """
      Of \(NumberText.count(comparison.countAfter, "compound")) <strong>\(comparison.count(.entered)) \
      entered</strong>, \(comparison.count(.left)) left, \(comparison.count(.moved)) moved, \
      \(comparison.unmoved) stand where they stood.
      """
  }

  private var withheld: Markup {
    guard let reason = report.withheld else { return .empty }
    return """
      <section aria-labelledby="withheld"><h2 id="withheld">The list is kept back</h2>
      <p class="out">\(reason).</p><p class="sub">Its compounds are scored all the same, and named \
      again on the night that the evidence no longer keeps them back.</p></section>
      """
  }

  private var causes: Markup {
    let work: Markup = """
      <p class="sub">\(NumberText.grouped(report.newRows)) compounds were scored for the first time; \
      the scores of \(NumberText.grouped(report.knownRows)) were known.</p>
      """
    guard let comparison = report.comparison, !comparison.factors.isEmpty else {
      return "<section>\(work)</section>"
    }
    let rows = report.causes.map { cause -> Markup in
      func count(_ kind: ListChange.Kind) -> Int {
        comparison.changes.count { $0.kind == kind && $0.cause == cause.factor }
      }
      return """
        <tr><th scope="row">\(swatch(cause.factor)) \(cause.factor.rawValue)</th>\
        <td>\(cause.sentence)</td><td class="n">\(count(.entered))</td>\
        <td class="n">\(count(.left))</td><td class="n">\(count(.moved))</td></tr>
        """
    }
    return """
      <section aria-labelledby="causes"><h2 id="causes">What changed</h2>
      \(work)
      <div class="scroll"><table class="delta"><thead><tr><th>factor</th><th>then and now</th>\
      <th class="n">entered</th><th class="n">left</th><th class="n">moved</th></tr></thead>\
      <tbody>\(rows)</tbody></table></div>
      <p class="sub">Compounds are counted at the factor that did most to them. The parts are \
      Shapley’s: the list was made anew for every combination of old and new, and the places that a \
      factor moves a compound are averaged over all orders of change, so they add up to the whole \
      move. Places are followed down to \(comparison.depth).</p></section>
      """
  }

  private func section(_ kind: ListChange.Kind) -> Markup {
    guard let comparison = report.comparison, comparison.count(kind) > 0 else { return .empty }
    let shown = DeltaReport.shown(of: comparison).filter { $0.kind == kind }
    let all = comparison.count(kind)
    let more: Markup =
      shown.count < all
      ? "<p class=\"sub\">\(shown.count) of \(all); all are in delta.csv.</p>" : ""
    let title =
      switch kind {
      case .entered: "Entered"
      case .left: "Left"
      case .moved: shown.count < all ? "Largest moves" : "Moved"
      }
    return """
      <section aria-labelledby="\(kind.rawValue)"><h2 id="\(kind.rawValue)">\(title)</h2>\(more)
      <div class="scroll"><table class="delta"><thead><tr><th>structure</th><th>compound</th>\
      <th class="n">place</th><th class="n">\(report.endpoint.name)</th><th>moved by</th>\
      <th>why</th></tr></thead><tbody>
      \(shown.map { row($0, largest: shown.map(Self.reach).max() ?? 1) })</tbody></table></div></section>

      """
  }

  private func row(_ change: ListChange, largest: Double) -> Markup {
    func place(_ value: Int?) -> Markup {
      value.map { "\($0)" } ?? "<span class=\"none\">–</span>"
    }
    func value(_ value: Double?) -> Markup {
      value.map { "\(NumberText.shown($0, decimals: 2))" } ?? "<span class=\"none\">–</span>"
    }
    return """
      <tr><td class="structure">\(drawing(change))</td><td class="id">\(change.id)</td>\
      <td class="n">\(place(change.placeBefore)) → <b>\(place(change.placeAfter))</b></td>\
      <td class="n">\(value(change.valueBefore)) → <b>\(value(change.valueAfter))</b></td>\
      <td>\(bar(change, largest))</td><td class="why">\(change.why)</td></tr>

      """
  }

  private func drawing(_ change: ListChange) -> Markup {
    guard let drawing = report.drawings[change.id].flatMap(StructureDrawing.init(svg:)) else {
      return "<code>\(change.smiles)</code>"
    }
    return """
      <div class="structure" title="\(change.smiles)">\
      \(drawing.markup(contributions: [], scale: 1))</div>
      """
  }

  /// How far the bar of a change goes to its longer side.
  private static func reach(_ change: ListChange) -> Double {
    let parts = change.parts.values
    return max(parts.reduce(0) { $0 + max(0, $1) }, parts.reduce(0) { $0 + max(0, -$1) })
  }

  /// The parts from the middle outwards: up to the right, down to the left.
  private func bar(_ change: ListChange, _ largest: Double) -> Markup {
    let parts = ChangeFactor.allCases.map { ($0, change.parts[$0.rawValue] ?? 0) }
    let scale = 58 / max(largest, 1)
    var ends = (right: 60.0, left: 60.0)
    var shapes: [Markup] = []
    for (factor, part) in parts where part != 0 {
      let width = part.magnitude * scale
      let start = part > 0 ? ends.right : ends.left - width
      if part > 0 { ends.right += width } else { ends.left -= width }
      shapes.append(
        """
        <path class="\(factor.rawValue)" d="M\(NumberText.plain(start, decimals: 1)) 7h\
        \(NumberText.plain(width, decimals: 1))"/>
        """)
    }
    let words = parts.filter { $0.1 != 0 }.map { factor, part in
      "\(factor.rawValue) \(part > 0 ? "+" : "−")\(NumberText.plain(part.magnitude, decimals: 1))"
    }.joined(separator: ", ")
    return """
      <svg class="parts" viewBox="0 0 120 14" role="img" aria-label="\(words)">\
      <path class="axis" d="M60 0v14"/>\(shapes)</svg><small>\(words)</small>
      """
  }

  private func swatch(_ factor: ChangeFactor) -> Markup {
    """
    <svg class="swatch" viewBox="0 0 12 12" aria-hidden="true"><path class="\(factor.rawValue)" \
    d="M0 6h12"/></svg>
    """
  }

  private func measured(_ check: MeasurementCheck) -> Markup {
    func estimate(_ value: Double?, _ interval: Interval?, _ text: (Double) -> String) -> Markup {
      guard let value else { return "<span class=\"none\">–</span>" }
      guard let interval else { return "\(text(value))" }
      return "\(text(value)) <small>[\(text(interval.lower)) to \(text(interval.upper))]</small>"
    }
    let left = check.leftOut.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
    let error = check.meanAbsoluteError.map { NumberText.plain($0, decimals: 2) } ?? "–"
    let bias = estimate(check.bias, check.biasInterval) { NumberText.shown($0, decimals: 2) }
    let share = estimate(check.coverage.share, check.coverage.interval, NumberText.percent)
    return """
      <section aria-labelledby="measured"><h2 id="measured">What was measured</h2>
      <ul class="verdict">\(check.verdict(unit: report.endpoint.unit).map { "<li>\($0)</li>" as Markup })</ul>
      <div class="scroll"><table class="delta"><tbody>
      <tr><th scope="row">compared</th><td>\(NumberText.count(check.rows.count, "compound"))\
      \(left.isEmpty ? "" : "; left out: \(left.joined(separator: ", "))")</td></tr>
      <tr><th scope="row">mean absolute error</th><td>\(error)</td></tr>
      <tr><th scope="row">measured − predicted</th><td>\(bias)</td></tr>
      <tr><th scope="row">inside the 90 % interval</th><td>\(share)</td></tr>
      </tbody></table></div></section>
      """
  }

  private static let style =
    PageStyle.text + """
      .scroll { overflow-x: auto; }
      .delta { border-collapse: collapse; font-size: 13.5px; }
      .delta th, .delta td { text-align: left; padding: 6px 18px 6px 0; vertical-align: top;
        border-bottom: 1px solid var(--line); font-weight: 400; }
      .delta thead th { font-weight: 600; font-size: 12.5px; }
      .delta .n { text-align: right; white-space: nowrap; }
      .delta td.structure { width: 132px; padding: 2px 18px 2px 0; }
      .delta div.structure { width: 126px; height: 90px; }
      .delta .why { max-width: 62ch; overflow-wrap: anywhere; }
      .delta .id { font-weight: 600; }
      .delta tbody th { white-space: nowrap; }
      .delta small { white-space: nowrap; }
      svg.parts { width: 120px; height: 14px; }
      svg.swatch { display: inline-block; width: 10px; height: 10px; }
      svg.parts .axis { stroke: var(--soft); stroke-width: 1; }
      path.library, path.model, path.plan, path.evidence { stroke-width: 9; fill: none; }
      path.library { stroke: var(--accent); } path.model { stroke: var(--doubt); }
      path.plan { stroke: var(--lib); } path.evidence { stroke: var(--serious); }
      .verdict { padding-left: 18px; margin-bottom: 12px; max-width: 100ch; }

      """
}
