/// The neighbours of each query as one HTML page that needs nothing but itself, and runs no script.
struct NeighbourPage {
  let report: NeighbourReport

  private var head: Markup {
    PageShell.head(title: report.title, style: Self.style)
  }

  func markup() -> Markup {
    """
    \(head)
    <body>
    <header><p class="kicker">Similarity search</p><h1>\(report.title)</h1>
    <p class="lede">\(report.question). Coloured atoms have surroundings that the query has too: \
    <span class="key up1">the next atoms</span>, <span class="key up2">two bonds and more</span>.\(omission)</p></header>
    <main>
    \(report.queries.map(section))
    \(provenance)
    </main>
    </body>
    </html>

    """
  }

  private var omission: Markup {
    if report.omittedQueries == 0 { return .empty }
    return
      " \(NumberText.count(report.omittedQueries, "more query", "more queries")) are in the table."
  }

  private func section(_ query: NeighbourReport.Query) -> Markup {
    let found = NumberText.count(query.found, "compound")
    let shown =
      query.neighbours.count < query.found
      ? "\(found) found, the first \(query.neighbours.count) shown" : "\(found) found"
    return """
      <section class="query">
      <div class="asked"><h2 class="id">\(query.id)</h2>\(drawing(query.drawing, query.smiles))\
      <p class="sub">\(shown)</p></div>
      <ol>\(query.neighbours.map(card))</ol>
      </section>

      """
  }

  private func card(_ neighbour: NeighbourReport.Neighbour) -> Markup {
    let wide = neighbour.sharedRadii.count { $0 > 1 }
    let shared =
      neighbour.sharedRadii.isEmpty
      ? .empty
      : "<small>\(wide) of \(NumberText.count(neighbour.sharedRadii.count, "atom")) shared two bonds wide</small>"
        as Markup
    return """
      <li>\(drawing(neighbour.drawing, neighbour.smiles, neighbour.sharedRadii))<p><b>\
      \(NumberText.plain(neighbour.similarity, decimals: 3))</b></p>\
      <p class="id">\(neighbour.id)</p>\(shared)</li>
      """
  }

  /// The structure, or its SMILES where there is no drawing.
  private func drawing(_ svg: String?, _ smiles: String, _ radii: [Int] = []) -> Markup {
    guard let drawing = svg.flatMap(StructureDrawing.init(svg:)) else {
      return smiles.isEmpty ? "<p class=\"none\">a fingerprint</p>" : "<code>\(smiles)</code>"
    }
    // The page's three strengths of colour: the first for one bond, the second for more.
    let strengths = radii.map { $0 == 0 ? 0 : $0 == 1 ? 0.3 : 0.6 }
    return """
      <div class="structure" title="\(smiles)">\(drawing.markup(contributions: strengths, scale: 1))\
      </div>
      """
  }

  private var provenance: Markup {
    PageShell.provenance(report.provenance.map { ($0.name, $0.value) })
  }

  private static let style =
    PageStyle.text + """
      .query { display: grid; grid-template-columns: 240px minmax(0, 1fr); gap: 18px 32px; align-items: start;
        padding-top: 22px; border-top: 1px solid var(--line); }
      main > .query { margin-top: 30px; }
      .query ol { list-style: none; align-items: start; display: grid; gap: 14px;
        grid-template-columns: repeat(auto-fill, minmax(170px, 1fr)); }
      .query li { border: 1px solid var(--line); border-radius: 6px; padding: 8px 10px;
        font-size: 13px; }
      .key.up1 { background: var(--up1); }
      .query .structure { height: 124px; }
      .asked .structure { height: 180px; margin: 10px 0; }
      @media (max-width: 700px) { .query { grid-template-columns: minmax(0, 1fr); } }

      """
}

extension NeighbourReport {
  /// The report as one self-contained HTML page; every text of it is escaped.
  ///
  /// - Complexity: O(neighbours × structure size); about 5 KB a neighbour.
  public func html() -> String { NeighbourPage(report: self).markup().html }
}
