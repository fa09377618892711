import Entities
import Screening

extension ReportPage {
  /// The headline and the way around the page.
  var header: Markup {
    """
    <header>
    <p class="kicker">Screen report · \(report.target)</p>
    <h1>\(report.title)</h1>
    <p class="lede">\(lede)</p>
    <nav aria-label="Sections"><a href="#candidates">Candidates</a>\
    <a href="#model">Model</a><a href="#library">Library</a>\
    <a href="#plan">Plan and refusals</a><a href="#provenance">Provenance</a></nav>
    </header>
    """
  }

  private var lede: Markup {
    let direction = report.endpoint.higherIsBetter ? "high" : "low"
    return """
      <strong>\(NumberText.count(report.hits.count, "candidate"))</strong> for a \(direction) \
      predicted <strong>\(report.endpoint.name)</strong> (\(report.endpoint.unit)), from \
      \(NumberText.count(report.tally.read, "compound")): \
      \(NumberText.grouped(report.tally.scored)) scored, \
      \(NumberText.grouped(report.tally.refused.reduce(0) { $0 + $1.count })) refused with a reason.
      """
  }

  /// The first screenful: which compounds, how sure, how good the model is, what is doubtful.
  var summary: Markup {
    """
    <div class="summary">
    <section class="first" aria-labelledby="first-title">
    <h2 id="first-title">The first \(firstHits.count) of \(NumberText.grouped(report.hits.count))</h2>
    <p class="sub">\(howSure)</p>
    <ol>\(firstHits.map(card))</ol>
    </section>
    <section class="verdict" aria-labelledby="verdict-title">
    <h2 id="verdict-title">How good is the model</h2>
    <figure>\(verdictChart)<figcaption>\(verdictCaption)</figcaption></figure>
    </section>
    <section class="doubts" aria-labelledby="doubts-title">
    <h2 id="doubts-title">What is doubtful</h2>
    <ul>\(report.doubts.map(doubt))</ul>
    </section>
    </div>
    """
  }

  private var firstHits: ArraySlice<Hit> { report.hits.prefix(6) }

  private var howSure: Markup {
    let halfWidths = report.hits.map { ($0.prediction.upper - $0.prediction.lower) / 2 }
    guard let middle = halfWidths.median else { return "No compound passed." }
    return """
      Predicted \(report.endpoint.name) with its 90 % interval; for the typical candidate, \
      ± \(shown(middle)).
      """
  }

  private func card(_ hit: Hit) -> Markup {
    let mark: Markup = hit.inDomain ? "" : "<span class=\"out\">outside domain</span>"
    return """
      <li><div class="cardhead"><span class="rank">\(hit.rank)</span>\
      <span class="id">\(hit.id)</span></div>\
      <div class="structure">\(drawings.markup(hit))</div>\
      <p class="value"><b>\(shown(hit.prediction.value))</b> \
      <span class="range">\(range(hit.prediction))</span></p>\(bar.markup(hit.prediction))\
      <p class="near">\(nearest(hit)) \(mark)</p></li>
      """
  }

  /// The interval's ends.
  func range(_ prediction: PredictedValue) -> Markup {
    "\(shown(prediction.lower)) to \(shown(prediction.upper))"
  }

  private func nearest(_ hit: Hit) -> Markup {
    """
    nearest measured \(shown(hit.nearest.value)), \
    similarity \(shown(hit.nearest.similarity))
    """
  }

  private var headlineMetric: String? {
    (report.model.contenders.first { $0.role == .model } ?? report.model.contenders.first)?
      .metrics.first?.name
  }

  private var verdictChart: Markup {
    headlineMetric.map { name in
      ComparisonChart(contenders: report.model.contenders, metric: name).markup()
    } ?? "<p>The model was not tested.</p>"
  }

  private var verdictCaption: Markup {
    let coverage = report.model.coverage90.map { coverage -> Markup in
      let interval = coverage.interval.map { interval in
        """
         [\(NumberText.percent(interval.lowerBound)), \(NumberText.percent(interval.upperBound))]
        """
      }
      return """
         Its 90 % intervals held <b>\(NumberText.percent(coverage.value))</b>\(interval ?? "") of \
        the measured values.
        """
    }
    return """
      \(report.model.name), on \(NumberText.count(report.model.test.count, "compound")) it had not \
      seen; bars are 95 % intervals.\(coverage ?? .empty)
      """
  }

  private func doubt(_ doubt: Doubt) -> Markup {
    switch doubt.weight {
    case .serious: "<li class=\"serious\"><b>Serious:</b> \(doubt.text)</li>"
    case .caution: "<li class=\"caution\">\(doubt.text)</li>"
    case .note: "<li class=\"note\">\(doubt.text)</li>"
    }
  }
}
