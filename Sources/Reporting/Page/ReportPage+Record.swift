extension ReportPage {
  /// What was asked, and what was left out.
  var planAndRefusals: Markup {
    let total = report.tally.refused.reduce(0) { $0 + $1.count }
    let rows = report.tally.refused.map { refused -> Markup in
      """
      <tr><th scope="row">\(refused.reason)</th><td>\(NumberText.grouped(refused.count))</td>\
      <td>\(NumberText.percent(Double(refused.count) / Double(max(report.tally.read, 1))))</td></tr>
      """
    }
    let plan: Markup =
      report.plan.isEmpty
      ? "<p>No filter was set.</p>" : "<ul>\(report.plan.map { "<li>\($0)</li>" as Markup })</ul>"
    let table: Markup =
      rows.isEmpty
      ? "<p>No compound was refused.</p>"
      : """
      <table class="facts"><caption>\(NumberText.grouped(total)) of \
      \(NumberText.count(report.tally.read, "compound")); each stands with its reason in \
      <code>refused.csv</code>.</caption><thead><tr><th scope="col">Reason</th>\
      <th scope="col">Compounds</th><th scope="col">Share</th></tr></thead><tbody>\(rows)</tbody>\
      </table>
      """
    return """
      <section id="plan" aria-labelledby="plan-title">
      <h2 id="plan-title">Plan and refusals</h2>
      <div class="pair"><div><h3>The plan</h3>\(plan)</div>\
      <div><h3>Refused</h3>\(table)</div></div>
      </section>
      """
  }

  /// What made this page's numbers.
  var provenance: Markup {
    let rows = report.provenance.map { fact -> Markup in
      "<tr><th scope=\"row\">\(fact.name)</th><td><code>\(fact.value)</code></td></tr>"
    }
    return """
      <section id="provenance" aria-labelledby="provenance-title">
      <h2 id="provenance-title">Provenance</h2>
      <p class="sub">Enough to repeat this screen; the same stands in <code>run.json</code>.</p>
      <table class="facts record"><tbody>\(rows)</tbody></table>
      </section>
      """
  }
}
