import Entities
import Statistics
import TargetEvidence

/// The targets of a disease as one HTML page that needs nothing but itself, and runs no script.
struct TargetPage {
  let report: TargetReport

  /// Cards beyond these are in the table alone.
  private static let mostCards = 60

  private var head: Markup {
    PageShell.head(title: "Targets for \(report.disease.name)", style: Self.style)
  }

  func markup() -> Markup {
    """
    \(head)
    <body>
    <header><p class="kicker">Target evidence</p><h1>\(report.disease.name)</h1>
    <p class="lede"><code>\(report.disease.id)</code> · \(question) \(verdict)</p></header>
    <main>
    \(table)
    \(report.targets.prefix(Self.mostCards).map(card))
    \(provenance)
    </main>
    </body>
    </html>

    """
  }

  private var question: Markup {
    switch report.wanted {
    case .inhibit: "Which targets may be <strong>inhibited</strong>?"
    case .activate: "Which targets may be <strong>activated</strong>?"
    default: "Which targets, and in which direction?"
    }
  }

  private var verdict: Markup {
    func count(_ decision: TargetDecision) -> Int {
      report.targets.count { $0.decision == decision }
    }
    return """
      <strong>\(count(.go)) go</strong>, \(count(.hold)) hold, \(count(.noGo)) no-go of \
      \(NumberText.count(report.targets.count, "target")) with evidence.
      """
  }

  private var table: Markup {
    """
    <section aria-labelledby="ranking"><h2 id="ranking">Ranking</h2>
    <p class="sub">The score is Open Targets’ harmonic sum: it ranks and is no confidence. The \
    relative success says how much more often past programmes with such support were launched \
    (Minikel et al. 2024), with 95 %.</p>
    <div class="scroll"><table class="ranking"><thead><tr><th></th><th>target</th><th>decision</th>\
    <th>a drug should</th><th>score</th><th>relative success</th><th>evidence</th><th>people</th></tr></thead>
    <tbody>\(report.targets.enumerated().map(row))</tbody></table></div></section>
    """
  }

  private func row(_ place: Int, _ target: RankedTarget) -> Markup {
    """
    <tr><td class="rank">\(place + 1)</td><th scope="row" class="id">\(name(target))</th>\
    <td>\(chip(target.decision))</td><td>\(direction(target.modulation))</td>\
    <td>\(bar(target.score))</td><td>\(success(target))</td>\
    <td>\(target.evidence.count)</td><td>\(target.reality)</td></tr>
    """
  }

  private func name(_ target: RankedTarget) -> Markup {
    let symbol = target.target.symbol
    return report.targets.count <= Self.mostCards
      ? "<a href=\"#t-\(symbol)\">\(symbol)</a>" : "\(symbol)"
  }

  private func chip(_ decision: TargetDecision) -> Markup {
    let style = decision == .go ? "go" : decision == .hold ? "hold" : "nogo"
    return "<span class=\"chip \(Markup(trusted: style))\">\(decision.rawValue)</span>"
  }

  private func direction(_ modulation: Modulation) -> Markup {
    switch modulation {
    case .inhibit: "↓ inhibit"
    case .activate: "↑ activate"
    case .unknown: "<span class=\"none\">not known</span>"
    }
  }

  private func bar(_ score: Double) -> Markup {
    let width = NumberText.plain(80 * min(1, max(0, score)), decimals: 1)
    return """
      <svg class="score" viewBox="0 0 80 8" aria-hidden="true"><path class="rail" d="M0 4h80"/>\
      <path class="fill" d="M0 4h\(width)"/></svg><span>\(NumberText.plain(score, decimals: 3))</span>
      """
  }

  private func success(_ target: RankedTarget) -> Markup {
    guard let success = target.relativeSuccess else { return "<span class=\"none\">–</span>" }
    return """
      \(NumberText.plain(success.value, decimals: 2)) <small>[\
      \(NumberText.plain(success.interval.lower, decimals: 2))–\
      \(NumberText.plain(success.interval.upper, decimals: 2))]</small>
      """
  }

  private func card(_ target: RankedTarget) -> Markup {
    let detours = target.detours.map { detour -> Markup in
      """
      <li>\(direction(detour.modulation)) \(detour.target), which \
      \(detour.edge.activates ? "activates" : "inhibits") it \(cite(detour.edge.citation))</li>
      """
    }
    let ways: Markup =
      detours.isEmpty
      ? .empty : "<h4>By way of a neighbour</h4><ul class=\"reasons\">\(detours)</ul>"
    return """
      <section class="target" id="t-\(target.target.symbol)">
      <div><h2 class="id">\(target.target.symbol)</h2><p>\(chip(target.decision)) \
      \(direction(target.modulation))</p></div>
      <div><ul class="reasons">\(target.reasons.map { "<li>\($0)</li>" as Markup })</ul>\(ways)
      <div class="scroll"><table class="evidence"><thead><tr><th>source</th><th>what was seen</th>\
      <th>the change does</th><th>to the trait</th><th>score</th><th>cited</th></tr></thead><tbody>\
      \(target.evidence.prefix(12).map { evidence($0.record) })</tbody></table></div></div>
      </section>

      """
  }

  private func evidence(_ record: EvidenceRecord) -> Markup {
    let cited = record.source.citations.prefix(3).map(cite).joined(by: " ")
    let more = record.source.citations.count - 3
    return """
      <tr><td>\(record.source.datasource)</td><td>\(seen(record))</td>\
      <td>\(record.directionOnTarget.rawValue)</td><td>\(record.directionOnTrait.rawValue)</td>\
      <td>\(NumberText.plain(record.score, decimals: 3))</td>\
      <td>\(cited)\(more > 0 ? " and \(more) more" : "")</td></tr>
      """
  }

  /// The statistic in words: whatever of it is there.
  private func seen(_ record: EvidenceRecord) -> Markup {
    let statistic = record.statistic
    var parts: [Markup] = ["\(statistic.method)"]
    if let beta = statistic.beta, let scale = statistic.effectScale {
      let error = statistic.standardError.map { " ± \(NumberText.shown($0, decimals: 3))" } ?? ""
      parts.append("\(NumberText.shown(beta, decimals: 3))\(error) \(scale)")
    }
    if let p = statistic.pValue {
      // Where there is no effect the statistic has to say what the p is of.
      let of: Markup = statistic.beta == nil ? " (\(statistic.statistic))" : .empty
      parts.append("p = \(scientific(p))\(of)")
    }
    if let count = statistic.count { parts.append("n = \(NumberText.grouped(count))") }
    if let carriers = statistic.carriers {
      parts.append("\(NumberText.count(carriers, "carrier"))")
    }
    if let stratum = record.protection.ancestry { parts.append("in \(stratum)") }
    return parts.joined(by: "; ")
  }

  private func scientific(_ value: Double) -> String {
    guard value > 0 else { return "0" }
    if value >= 0.001 { return NumberText.plain(value, decimals: 3) }
    var exponent = 0
    var mantissa = value
    while mantissa < 1, exponent < 400 {
      mantissa *= 10
      exponent += 1
    }
    return "\(NumberText.plain(mantissa, decimals: 1))e−\(exponent)"
  }

  /// A publication; known kinds of number become links, which a reader follows and no page does.
  private func cite(_ citation: String) -> Markup {
    let number = citation.drop { $0 != ":" }.dropFirst()
    if citation.hasPrefix("PMID:"), number.allSatisfy(\.isNumber) {
      return "<a href=\"https://pubmed.ncbi.nlm.nih.gov/\(number)/\">\(citation)</a>"
    }
    if citation.hasPrefix("doi:") {
      return "<a href=\"https://doi.org/\(number)\">\(citation)</a>"
    }
    return "\(citation)"
  }

  private var provenance: Markup {
    PageShell.provenance(report.provenance)
  }

  private static let style =
    PageStyle.text + """
      .scroll { overflow-x: auto; }
      .ranking, .evidence { border-collapse: collapse; font-size: 13.5px; }
      .ranking th, .ranking td, .evidence th, .evidence td { text-align: left; padding: 6px 14px 6px 0;
        border-bottom: 1px solid var(--line); vertical-align: top; font-weight: 400; }
      .ranking thead th, .evidence thead th { font-weight: 600; font-size: 12.5px; }
      .ranking .id { font-weight: 600; }
      .ranking .rank { color: var(--soft); }
      .chip { display: inline-block; border-radius: 9px; padding: 0 9px; font-size: 12.5px;
        font-weight: 600; border: 1.5px solid; white-space: nowrap; }
      .chip.go { color: var(--accent); } .chip.hold { color: var(--doubt); }
      .chip.nogo { color: var(--serious); }
      svg.score { display: inline-block; width: 80px; height: 8px; margin-right: 8px; }
      svg.score .rail { stroke: var(--line); stroke-width: 6; fill: none; }
      svg.score .fill { stroke: var(--accent); stroke-width: 6; fill: none; }
      .target { display: grid; grid-template-columns: 150px minmax(0, 1fr); gap: 10px 28px;
        padding-top: 20px; border-top: 1px solid var(--line); }
      main > .target { margin-top: 28px; }
      .reasons { padding-left: 18px; margin-bottom: 12px; max-width: 100ch; }
      .target h4 { margin: 4px 0; }
      @media (max-width: 700px) { .target { grid-template-columns: minmax(0, 1fr); } }

      """
}
