import Entities
import Screening

extension ReportPage {
  /// Where the hits stand in the library.
  var library: Markup {
    let chart = ScoreHistogramChart(
      scores: report.scores, hits: report.hits.map(\.prediction.value), endpoint: report.endpoint)
    return """
      <section id="library" aria-labelledby="library-title">
      <h2 id="library-title">The hits in the library</h2>
      <figure class="scores"><h3>Predicted values</h3>\(chart.markup())\
      <figcaption>\(chart.summary) \(keys)</figcaption></figure>
      \(properties)
      </section>
      """
  }

  private var keys: Markup {
    """
    <span class="key libkey">library</span> <span class="key hitkey">hits</span>
    """
  }

  private var properties: Markup {
    guard !report.hits.isEmpty else { return .empty }
    let sample: Markup =
      report.librarySample.isEmpty
      ? "" : " of \(NumberText.grouped(report.librarySample.count)) compounds drawn at random"
    return """
      <h3>Properties</h3>
      <p class="sub">Shares of the \(NumberText.count(report.hits.count, "hit")) \
      <span class="key linekey">line</span>\
      \(report.librarySample.isEmpty ? .empty : " over a library sample\(sample) \(area)" as Markup)\
      .</p>
      <div class="many">\(CompoundProperty.allCases.map(distribution))</div>
      """
  }

  private var area: Markup { "<span class=\"key libkey\">area</span>" }

  private func distribution(_ property: CompoundProperty) -> Markup {
    let chart = DistributionChart(
      property: property, hits: report.hits.map(\.properties), library: report.librarySample)
    let (hits, library) = chart.medians
    let parts = [("hits", hits), ("library", library)].compactMap { name, value -> Markup? in
      value.map { "\(name) \(NumberText.shown($0, decimals: property.decimals))" }
    }
    return """
      <figure><h4>\(property.title)</h4>\(chart.markup())\
      <figcaption>median: \(parts.joined(by: ", "))</figcaption></figure>
      """
  }
}
