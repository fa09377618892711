/// A scan of the genome as one HTML page that needs nothing but itself, and runs no script.
struct AssociationPage {
  let report: AssociationReport

  /// −log₁₀ of 5·10⁻⁸, chance over a million independent common variants (Pe'er & al., 2008).
  private static let genomeWide = 7.301_03

  func markup() -> Markup {
    """
    \(PageShell.head(title: "Scan of \(report.trait)", style: Self.style))
    <body>
    <header><p class="kicker">Genome scan</p><h1>\(report.trait)</h1>
    <p class="lede">\(report.people) \(verdict)</p></header>
    <main>
    <section aria-labelledby="along"><h2 id="along">Along the genome</h2>
    <p class="sub">The line is p = 5·10⁻⁸, held to be beyond chance for common variants of the whole \
    genome.</p><div class="scroll">\(manhattan)</div></section>
    <section aria-labelledby="leads"><h2 id="leads">Leads</h2>\(leads)</section>
    <section class="split" aria-labelledby="trust"><div><h2 id="trust">May it be trusted?</h2>
    <p>\(trust)</p><p class="sub">\(report.method)</p>\(untested)</div>
    <div>\(QuantileChart(quantiles: report.quantiles).markup())</div></section>
    \(PageShell.provenance(report.provenance))
    </main>
    </body>
    </html>

    """
  }

  private var manhattan: Markup {
    ManhattanChart(
      chromosomes: report.chromosomes, points: report.points, limit: Self.genomeWide
    ).markup()
  }

  private var verdict: Markup {
    """
    \(NumberText.count(report.tested, "variant")) tested, \
    <strong>\(NumberText.count(report.leadCount, "lead"))</strong> with p ≤ 10⁻⁵.
    """
  }

  private var trust: Markup {
    guard let lambda = report.lambda else { return "No variant was tested." }
    let shown = NumberText.shown(lambda, decimals: 3)
    let words =
      lambda > 1.1
      ? "More p-values are small than chance allows: relatives or ancestry were not accounted for, "
        + "or very many variants act."
      : lambda < 0.9
        ? "Fewer p-values are small than chance would make: the test is too cautious here."
        : "The bulk of the p-values is spread as chance spreads them."
    return "λ is <strong>\(shown)</strong>. \(words)"
  }

  private var leads: Markup {
    guard !report.leads.isEmpty else {
      return "<p>No variant reached p ≤ 10⁻⁵.</p>"
    }
    let rows = report.leads.map { row -> Markup in
      "<tr>\(row.map { "<td>\($0)</td>" as Markup })</tr>"
    }
    return """
      <p class="sub">The strongest variant of each half million base pairs. By distance and not by \
      linkage: two leads may be one signal, and the gene that acts need not be the nearest.</p>
      <div class="scroll"><table class="leads"><thead><tr>\
      \(report.leadHeader.map { "<th>\($0)</th>" as Markup })</tr></thead>
      <tbody>\(rows)</tbody></table></div>\(more)
      """
  }

  private var more: Markup {
    let left = report.leadCount - report.leads.count
    return left > 0 ? "<p>\(left) more stand in leads.tsv.</p>" : .empty
  }

  private var untested: Markup {
    guard !report.untested.isEmpty else { return .empty }
    let items = report.untested.map { reason, count -> Markup in
      "<li>\(NumberText.count(count, "variant")): \(reason)</li>"
    }
    return "<h3>Without a result</h3><ul class=\"reasons\">\(items)</ul>"
  }

  private static let style =
    PageStyle.text + """
      .scroll { overflow-x: auto; }
      .leads { border-collapse: collapse; font-size: 13.5px; font-variant-numeric: tabular-nums; }
      .leads th, .leads td { text-align: left; padding: 5px 16px 5px 0; font-weight: 400;
        border-bottom: 1px solid var(--line); white-space: nowrap; }
      .leads thead th { font-weight: 600; font-size: 12.5px; }
      svg.manhattan { width: 100%; min-width: 700px; height: auto; }
      svg.quantiles { width: 100%; max-width: 380px; height: auto; }
      .dots { fill: none; stroke-width: 3.2; stroke-linecap: round; }
      .dots.d0 { stroke: var(--accent); } .dots.d1 { stroke: var(--soft); }
      .limit { stroke: var(--serious); stroke-width: 1.2; stroke-dasharray: 5 4; fill: none; }
      .identity { stroke: var(--soft); stroke-width: 1; stroke-dasharray: 3 3; fill: none; }
      .split { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 400px); gap: 12px 40px; }
      .reasons { padding-left: 18px; }
      @media (max-width: 800px) { .split { grid-template-columns: minmax(0, 1fr); } }

      """
}
