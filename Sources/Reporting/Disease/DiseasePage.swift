import Entities
import Screening
import TargetEvidence

/// The way from a disease to a shortlist as one page that needs nothing but itself, and runs no script.
struct DiseasePage {
  let report: DiseaseReport

  func markup() -> Markup {
    """
    \(PageShell.head(title: "Shortlist for \(report.disease.name)", style: Self.style))
    <body>
    <header><p class="kicker">From disease to shortlist</p><h1>\(report.disease.name)</h1>
    <p class="lede"><code>\(report.disease.id)</code> · \(answer)</p></header>
    <main>
    \(targets)
    \(shortlist)
    \(doubts)
    \(PageShell.provenance(report.provenance))
    </main>
    </body>
    </html>

    """
  }

  private var screens: [DiseaseReport.Screen] { report.targets.compactMap(\.screen) }

  private var answer: Markup {
    guard !report.entries.isEmpty else {
      return """
        <strong>Nothing to buy:</strong> \(
          screens.isEmpty ? "no target could be screened for; the table says why."
            : "no compound of the library that a model can judge is likely to be active.")
        """
    }
    let range = report.actives.interval(0.9)
    let money = report.cost.map { " for \(NumberText.plain($0, decimals: 0))" } ?? ""
    return """
      Of \(NumberText.count(report.screened, "compound")) screened for \
      \(NumberText.count(screens.count, "target")), buy <strong>\(report.entries.count)</strong>\(money). \
      Expect <strong>\(NumberText.plain(report.actives.expected, decimals: 0)) actives \
      [\(range.lowerBound)–\(range.upperBound)]</strong>, the interval with 90 %.
      """
  }

  private var targets: Markup {
    let rows = report.targets.enumerated().map(row)
    return """
      <section aria-labelledby="targets"><h2 id="targets">Targets</h2>
      <p class="sub">By the evidence of all platforms, each with the direction in which a drug would have \
      to move it. What is not screened for says why.</p>
      <div class="scroll"><table class="grid"><thead><tr><th></th><th>target</th><th>decision</th>\
      <th>a drug should</th><th>score</th><th>what was done</th><th>model</th><th>chosen</th>\
      <th>actives expected</th></tr></thead><tbody>\(rows)</tbody></table></div></section>
      """
  }

  private func row(_ place: Int, _ target: DiseaseReport.Target) -> Markup {
    let ranked = target.target
    let style = ranked.decision == .go ? "go" : ranked.decision == .hold ? "hold" : "nogo"
    let direction: Markup =
      switch ranked.modulation {
      case .inhibit: "↓ inhibit"
      case .activate: "↑ activate"
      case .unknown: "<span class=\"none\">not known</span>"
      }
    var cells: Markup = """
      <td colspan="4" class="none">not screened for: \(target.passed)</td>
      """
    if let screen = target.screen {
      let range = screen.actives.interval(0.9)
      cells = """
        <td><a href="\(screen.page)">screened for</a> by \(screen.endpoint)</td>\
        <td>\(screen.model.map(Self.fact))</td><td>\(screen.chosen)</td>\
        <td><strong>\(NumberText.plain(screen.actives.expected, decimals: 1))</strong> \
        [\(range.lowerBound)–\(range.upperBound)] at \(screen.endpoint) ≥ \
        \(NumberText.plain(screen.activeFrom, decimals: 1))</td>
        """
    }
    return """
      <tr><td class="rank">\(place + 1)</td><th scope="row" class="id">\(ranked.target.symbol)</th>\
      <td><span class="chip \(Markup(trusted: style))">\(ranked.decision.rawValue)</span></td>\
      <td>\(direction)</td><td>\(NumberText.plain(ranked.score, decimals: 3))</td>\(cells)</tr>
      """
  }

  private static func fact(_ fact: Fact) -> Markup {
    "<div>\(fact.name) \(fact.value)</div>"
  }

  private var shortlist: Markup {
    guard !report.entries.isEmpty else { return .empty }
    let bar = IntervalBar(
      over: report.entries.flatMap { $0.roles.map(\.hit.prediction) })
    let drawings = DossierDrawings(report)
    let rows = report.entries.map { entry -> Markup in
      guard let role = entry.roles.first else { return .empty }
      let hit = role.hit
      let value = hit.prediction
      let domain: Markup =
        hit.inDomain ? .empty : "<div class=\"out\">outside the domain</div>"
      let others = entry.roles.dropFirst().map { other -> Markup in
        "<div class=\"none\">\(other.symbol): \(NumberText.percent(other.chance))</div>"
      }
      return """
        <tr><td class="rank">\(entry.place)</td>\
        <td class="structure"><a href="candidates/\(entry.page)">\(drawings.markup(entry))</a></td>\
        <td class="id"><a href="candidates/\(entry.page)">\(entry.id)</a></td>\
        <td>\(role.symbol)\(others)</td>\
        <td><b>\(NumberText.shown(value.value, decimals: 2))</b> \
        [\(NumberText.shown(value.lower, decimals: 2))–\(NumberText.shown(value.upper, decimals: 2))]\
        \(bar.markup(value))</td>\
        <td><b>\(NumberText.percent(role.chance))</b></td>\
        <td>\(hit.nearest.id) <span class="none">\(NumberText.plain(hit.nearest.similarity, decimals: 2))\
        </span>\(domain)</td>\
        <td>\(hit.alerts.map { "<span class=\"alert\">\($0)</span>" as Markup })\
        \(entry.facts.map(Self.fact))</td></tr>
        """
    }
    return """
      <section aria-labelledby="shortlist"><h2 id="shortlist">Shortlist</h2>
      <p class="sub">In the order of choice: each is the compound that adds most to the expected actives and \
      to the expected active series, weighed by the evidence for its target. Each has a dossier.</p>
      <div class="scroll"><table class="grid hits"><thead><tr><th></th><th>structure</th><th>compound</th>\
      <th>for</th><th>predicted, with 90 %</th><th>active</th><th>nearest measured</th>\
      <th>to know</th></tr></thead><tbody>\(rows)</tbody></table></div></section>
      """
  }

  private var doubts: Markup {
    var lines: [Markup] = []
    let outside = report.entries.count { $0.roles.first?.hit.inDomain == false }
    if outside > 0 {
      lines.append(
        """
        \(NumberText.count(outside, "compound")) of the shortlist \(outside == 1 ? "lies" : "lie") \
        outside the model’s domain: there the chance is a guess.
        """)
    }
    for target in report.targets {
      guard let screen = target.screen else { continue }
      if screen.curveFittedTo == 0 {
        lines.append(
          """
          For \(target.target.target.symbol) too few test compounds were active to learn how often \
          predictions come true; the model’s own uncertainty is taken at its word.
          """)
      }
    }
    if !report.entries.isEmpty {
      let difference = NumberText.plain(report.greedyExpected, decimals: 1)
      lines.append(
        """
        Taking each target’s best by value alone would be expected to bring \(difference) actives \
        (this choice: \(NumberText.plain(report.actives.expected, decimals: 1))), in fewer series.
        """)
      lines.append(
        """
        Chances are those of compounds like the ones that the models were tested on. A library of other \
        chemistry has fewer actives than that, and nobody can say by how many before some are measured.
        """)
    }
    guard !lines.isEmpty else { return .empty }
    return """
      <section class="doubts" aria-labelledby="doubts"><h2 id="doubts">To doubt</h2><ul>\
      \(lines.map { "<li class=\"caution\">\($0)</li>" as Markup })</ul></section>
      """
  }

  static let style =
    PageStyle.text + """
      .scroll { overflow-x: auto; }
      .reasons { padding-left: 18px; margin: 0 0 12px; }
      .grid { border-collapse: collapse; font-size: 13.5px; width: 100%; }
      .grid th, .grid td { text-align: left; padding: 7px 14px 7px 0; font-weight: 400;
        border-bottom: 1px solid var(--line); vertical-align: top; }
      .grid thead th { font-weight: 600; font-size: 12.5px; }
      .grid .id { font-weight: 600; } .grid th.id { white-space: nowrap; } .grid .rank { color: var(--soft); }
      .grid.hits td.structure { width: 170px; padding: 2px 10px 2px 0; }
      .grid.hits td.structure a { display: block; width: 156px; height: 112px; }
      .chip { display: inline-block; border-radius: 9px; padding: 0 9px; font-size: 12.5px;
        font-weight: 600; border: 1.5px solid; white-space: nowrap; }
      .chip.go { color: var(--accent); } .chip.hold { color: var(--doubt); }
      .chip.nogo { color: var(--serious); }
      .dossier { display: grid; grid-template-columns: 340px minmax(0, 1fr); gap: 24px 40px; }
      .dossier .large { width: 340px; height: 250px; }
      @media (max-width: 800px) { .dossier { grid-template-columns: minmax(0, 1fr); } }

      """
}

/// The structures of the shortlist, ready to be placed.
struct DossierDrawings {
  private let drawings: [String: StructureDrawing]
  private let scale: Double

  init(_ report: DiseaseReport) {
    drawings = report.drawings.compactMapValues(StructureDrawing.init(svg:))
    // One scale for all, as on the page of a screen; contributions of different models are alike enough
    // in size, both being logarithms of molarities.
    let parts = report.entries.compactMap(\.roles.first).flatMap(\.hit.atomContributions)
      .map(\.magnitude).filter(\.isFinite).sorted()
    let strongest = parts.isEmpty ? 0 : parts[(parts.count - 1) * 95 / 100]
    scale = strongest > 0 ? strongest : 1
  }

  /// The structure of a compound, or its SMILES where there is no drawing.
  func markup(_ entry: DiseaseReport.Entry) -> Markup {
    guard let drawing = drawings[entry.id] else {
      return "<code class=\"nodrawing\">\(entry.smiles)</code>"
    }
    return drawing.markup(
      contributions: entry.roles.first?.hit.atomContributions ?? [], scale: scale)
  }
}
