public import Evaluation
import Statistics

/// A comparison of models as one HTML page that needs nothing but itself, and runs no script.
struct ComparisonPage {
  let comparison: ModelComparison

  /// All models, in the order of the first data set that has them.
  var models: [String] {
    var names: [String] = []
    for standing in comparison.datasets.flatMap(\.comparison.standings)
    where !names.contains(standing.model) { names.append(standing.model) }
    return names
  }

  private var head: Markup {
    PageShell.head(
      title: "\(comparison.title): a comparison of models", style: ComparisonStyle.text)
  }

  func markup() -> Markup {
    """
    \(head)
    <body>
    <header><p class="kicker">Comparison of models</p><h1>\(comparison.title)</h1>
    <p class="lede">\(comparison.about)</p>
    <p class="lede">\(headline)</p></header>
    <main>
    \(LeagueTable(comparison: comparison, models: models).markup())
    \(overall)
    \(comparison.datasets.map { DatasetSection(dataset: $0).markup() })
    \(CostTable(comparison: comparison, models: models).markup())
    \(provenance)
    </main>
    </body>
    </html>

    """
  }

  /// What the tests say, in a sentence.
  private var headline: Markup {
    guard let overall = comparison.overall else {
      return "One data set says little of others: no ranking over all of them is drawn from it."
    }
    let order = overall.models.indices.sorted { overall.meanRanks[$0] < overall.meanRanks[$1] }
    let best = order[0]
    let tied = order.dropFirst().filter { model in
      overall.meanRanks[model] - overall.meanRanks[best] < overall.criticalDifference
    }
    let name = overall.models[best]
    if overall.pValue >= 0.05 {
      return """
        Over \(overall.datasets.count) data sets no model is shown to be better than another \
        (Friedman’s p = \(PValueText.short(overall.pValue))).
        """
    }
    if tied.isEmpty {
      return """
        Over \(overall.datasets.count) data sets <strong>\(name)</strong> ranks better than every \
        other model by more than chance.
        """
    }
    let names = tied.map { overall.models[$0] }.joined(separator: ", ")
    return """
      Over \(overall.datasets.count) data sets <strong>\(name)</strong> has the best mean rank, but \
      chance alone could put it there before \(names).
      """
  }

  private var overall: Markup {
    guard let ranking = comparison.overall else { return .empty }
    return """
      <section id="ranks"><h2>Over all data sets</h2>
      <p class="sub">The mean rank of each model over \(ranking.datasets.count) data sets, 1 being \
      the best. Models that a bar joins are not shown to differ: their mean ranks are closer than \
      the critical difference (Nemenyi, 95 %).</p>
      <figure class="ranks">\(CriticalDifferenceChart(ranking: ranking).markup())</figure></section>

      """
  }

  private var provenance: Markup {
    let rows = comparison.provenance.map { fact -> Markup in
      "<tr><th scope=\"row\">\(fact.name)</th><td><code>\(fact.value)</code></td></tr>"
    }
    return """
      <section id="provenance"><h2>Provenance</h2>
      <p class="sub">Every number comes from stored predictions; these are their digests.</p>
      <div class="wide"><table class="facts"><tbody>\(rows)</tbody></table></div></section>

      """
  }
}

extension ModelComparison {
  /// The comparison as one self-contained HTML page.
  public func html() -> String { ComparisonPage(comparison: self).markup().html }
}

/// A p-value as text.
enum PValueText {
  static func short(_ value: Double) -> String {
    value < 0.001 ? "< 0.001" : NumberText.plain(value, decimals: 3)
  }
}

/// A score as text, with the digits that the interval leaves any meaning.
enum ScoreText {
  static func shown(_ value: Double?, decimals: Int) -> String {
    value.map { NumberText.shown($0, decimals: decimals) } ?? "–"
  }

  /// Enough decimals for two digits of the interval's width.
  static func decimals(_ comparison: DatasetComparison) -> Int {
    let widths = comparison.standings.compactMap { $0.interval.map { $0.upper - $0.lower } }
      .filter { $0 > 0 }
    guard let width = widths.min() else { return 3 }
    return width >= 20 ? 0 : width >= 2 ? 1 : width >= 0.2 ? 2 : 3
  }
}
