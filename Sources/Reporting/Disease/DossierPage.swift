import Entities
import Screening
import TargetEvidence

/// All that speaks for a compound and against it, on one page: what a reviewer asks for.
struct DossierPage {
  let report: DiseaseReport
  let entry: DiseaseReport.Entry

  func markup() -> Markup {
    """
    \(PageShell.head(title: "\(entry.id): dossier", style: DiseasePage.style))
    <body>
    <header><p class="kicker"><a href="../index.html">\(report.disease.name)</a> · place \(entry.place)</p>
    <h1 class="id">\(entry.id)</h1><p class="lede"><code>\(entry.smiles)</code></p></header>
    <main>
    <section class="dossier"><div class="large">\(DossierDrawings(report).markup(entry))</div>
    <div>\(entry.roles.map(role))</div></section>
    \(compound)
    \(entry.roles.map(evidence))
    \(PageShell.provenance(report.provenance))
    </main>
    </body>
    </html>

    """
  }

  private func role(_ role: DiseaseReport.Role) -> Markup {
    let hit = role.hit
    let value = hit.prediction
    let measured =
      hit.nearest.value.isFinite
      ? "\(role.endpoint) \(NumberText.shown(hit.nearest.value, decimals: 2))" : "not measured"
    let screen = report.targets.first { $0.target.target.symbol == role.symbol }?.screen
    return """
      <h2>\(role.symbol)</h2>
      <table class="facts"><tbody>
      <tr><th scope="row">predicted \(role.endpoint)</th><td>\(NumberText.shown(value.value, decimals: 2)) \
      [\(NumberText.shown(value.lower, decimals: 2))–\(NumberText.shown(value.upper, decimals: 2))], 90 %</td></tr>
      <tr><th scope="row">chance to be active</th><td>\(NumberText.percent(role.chance))\
      \(screen.map { " at \($0.endpoint) ≥ \(NumberText.plain($0.activeFrom, decimals: 1))" } ?? "")</td></tr>
      <tr><th scope="row">place in the screen</th><td>\(NumberText.grouped(hit.rank))</td></tr>
      <tr><th scope="row">nearest measured</th><td>\(hit.nearest.id), \(measured), Tanimoto \
      \(NumberText.plain(hit.nearest.similarity, decimals: 2))<br><code>\(hit.nearest.smiles)</code></td></tr>
      <tr><th scope="row">domain</th><td>\(hit.inDomain ? "inside" : "outside: a guess")</td></tr>
      <tr><th scope="row">why</th><td>\(hit.reason)</td></tr>
      \((screen?.model ?? []).map(row))
      </tbody></table>
      """
  }

  private func row(_ fact: Fact) -> Markup {
    let name = fact.name.hasSuffix(":") ? String(fact.name.dropLast()) : fact.name
    return "<tr><th scope=\"row\">\(name.isEmpty ? "model" : name)</th><td>\(fact.value)</td></tr>"
  }

  private var compound: Markup {
    guard let hit = entry.roles.first?.hit else { return .empty }
    let properties = CompoundProperty.allCases.map { property -> Markup in
      let value = NumberText.shown(
        property.value(of: hit.properties), decimals: property.isCount ? 0 : 2)
      return row(Fact(property.name, value))
    }
    return """
      <section aria-labelledby="compound"><h2 id="compound">The compound</h2>
      <table class="facts"><tbody>\(properties)
      \(row(Fact("structural alerts", hit.alerts.isEmpty ? "none of PAINS, BRENK, NIH" : hit.alerts.joined(separator: "; "))))
      \(row(Fact("scaffold", hit.scaffold.isEmpty ? "none" : hit.scaffold)))
      \(entry.facts.map(row))</tbody></table></section>
      """
  }

  private func evidence(_ role: DiseaseReport.Role) -> Markup {
    guard
      let target = report.targets.first(where: { $0.target.target.symbol == role.symbol })?.target
    else { return .empty }
    let rows = target.evidence.prefix(10).map { _, record -> Markup in
      """
      <tr><td>\(record.source.datasource)</td><td>\(record.statistic.method)</td>\
      <td>\(record.directionOnTarget.rawValue), \(record.directionOnTrait.rawValue)</td>\
      <td>\(NumberText.plain(record.score, decimals: 3))</td>\
      <td>\(record.source.citations.prefix(3).joined(separator: ", "))</td>\
      <td>\(record.reality.word)</td></tr>
      """
    }
    return """
      <section><h2>Why \(role.symbol)</h2>
      <ul class="reasons">\(target.reasons.map { "<li>\($0)</li>" as Markup })</ul>
      <div class="scroll"><table class="grid"><thead><tr><th>source</th><th>how</th><th>direction</th>\
      <th>score</th><th>cited</th><th>people</th></tr></thead><tbody>\(rows)</tbody></table></div></section>
      """
  }
}
