import Evaluation
import Statistics

/// Everything about one data set.
struct DatasetSection {
  let dataset: ModelComparison.Dataset

  private var comparison: DatasetComparison { dataset.comparison }

  static func anchor(_ name: String) -> String {
    "set-" + String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
  }

  func markup() -> Markup {
    let decimals = ScoreText.decimals(comparison)
    return """
      <section id="\(Self.anchor(comparison.dataset))"><h2>\(comparison.dataset)</h2>
      <p class="sub">\(method)</p>
      <div class="\(comparison.standings.count > 4 ? "pair stacked" : "pair")"><figure>\
      <h3>Scores of folds or seeds</h3>\
      \(ScoreBoxes(comparison: comparison).markup())</figure>\
      <figure><h3>Every two models</h3>\
      \(PairMatrix(comparison: comparison, decimals: decimals).markup())</figure></div>
      \(readouts)\(curves)\(audit)
      </section>

      """
  }

  private var method: String {
    let unit = comparison.unit.map { $0 == "1" ? "" : " in \($0)" } ?? ""
    let head =
      "\(comparison.metric.name)\(unit), "
      + (comparison.metric.higherIsBetter ? "higher" : "lower") + " is better; "
      + "\(NumberText.count(comparison.standings.first?.scores.count ?? 0, "fold or seed", "folds or seeds"))"
      + " of \(NumberText.count(dataset.tested, "tested compound")). "
    let margin =
      " A difference below \(NumberText.plain(comparison.margin, decimals: 3)) is taken for too "
      + "small to matter."
    let p = comparison.overall.map { " (p of all alike: \(PValueText.short($0)))" } ?? ""
    switch comparison.method {
    case .tukey:
      return head + "Repeated-measures analysis of variance, then Tukey’s test\(p)." + margin
    case .nemenyi:
      return head + "The residuals are not normal (Shapiro–Wilk p = "
        + "\(PValueText.short(comparison.normality ?? 0))), so ranks are compared: Friedman, then "
        + "Nemenyi\(p)." + margin
    case .bootstrap:
      return head + "One test set: its compounds and the seeds are drawn again a thousand times, "
        + "all pairs at once." + margin
    case .none: return head + "Nothing can be tested here."
    }
  }

  private var readouts: Markup {
    guard !dataset.readouts.isEmpty else { return .empty }
    let rows = dataset.readouts.map { readout -> Markup in
      let first = readout.firstPercent.map { band in
        "\(NumberText.percent(band.recall)) [\(NumberText.percent(band.interval.lower))–"
          + "\(NumberText.percent(band.interval.upper))]"
      }
      let recall = readout.recallAtPrecision80.map { NumberText.percent($0) }
      return """
        <tr><th scope="row">\(readout.model)</th><td class="words">\(readout.sentence)</td>\
        <td>\(first ?? "–")</td><td>\(recall ?? "–")</td></tr>
        """
    }
    let fraction = dataset.readouts.first?.fraction ?? 0.1
    return """
      <h3>What it is worth</h3>
      <p class="sub">Hits among the best \(NumberText.percent(fraction)) of the tested compounds, \
      and what they let expect of the next hundred of as good a rank, from a set with as many hits \
      (95 %, the doubt about the rate and the luck of the draw together).</p>
      <div class="wide"><table class="league"><thead><tr><th scope="col">model</th>\
      <th scope="col">if you buy</th><th scope="col">hits found in the first 1 %</th>\
      <th scope="col">recall at precision 0.8</th></tr></thead><tbody>\(rows)</tbody></table></div>

      """
  }

  private var curves: Markup {
    var figures: [Markup] = []
    func lines(_ points: (RankingCurves) -> [RankingCurves.Point]) -> [CurveChart.Line] {
      dataset.curves.map { curve in
        CurveChart.Line(name: curve.model, points: points(curve.curves).map { ($0.x, $0.y) })
      }
    }
    func add(_ title: String, _ chart: CurveChart) {
      figures.append("<figure><h3>\(title)</h3>\(chart.markup())</figure>")
    }
    if !dataset.curves.isEmpty {
      add(
        "ROC",
        CurveChart(
          x: "false positive rate", y: "true positive rate", lines: lines(\.roc), diagonal: true))
      add(
        "Precision and recall", CurveChart(x: "recall", y: "precision", lines: lines(\.precision)))
      add(
        "Enrichment",
        CurveChart(
          x: "share of the list", y: "share of the hits", lines: lines(\.enrichment), diagonal: true
        ))
    }
    if !dataset.calibration.isEmpty {
      let isOfClasses = dataset.calibration.contains { !$0.bins.isEmpty }
      let own = dataset.calibration.map { calibration in
        CurveChart.Line(
          name: calibration.model,
          points: isOfClasses
            ? calibration.bins.map { ($0.meanProbability, $0.rate) }
            : calibration.coverage.map { ($0.nominal, $0.observed) })
      }
      add(
        "Calibration",
        CurveChart(
          x: isOfClasses ? "probability said" : "share promised",
          y: isOfClasses ? "share seen" : "share held", lines: own, diagonal: true))
    }
    if !dataset.learning.isEmpty {
      let names = dataset.learning.map(\.model).reduce(into: [String]()) { names, name in
        if !names.contains(name) { names.append(name) }
      }
      let own = names.map { name in
        CurveChart.Line(
          name: name,
          points: dataset.learning.filter { $0.model == name }
            .compactMap { point in point.mean.map { (point.share, $0) } })
      }
      add(
        "Learning curve",
        CurveChart(
          x: "share of the training rows", y: comparison.metric.name, lines: own, isUnit: false))
    }
    return figures.isEmpty ? .empty : "<div class=\"many\">\(figures)</div>\n"
  }

  private var audit: Markup {
    guard let verdict = dataset.audit.first else { return .empty }
    let lines = dataset.audit.dropFirst().map { line -> Markup in
      let isBad = line.hasPrefix("fault") || line.hasPrefix("warning")
      return isBad ? "<li class=\"out\">\(line)</li>" : "<li>\(line)</li>"
    }
    return """
      <details\(dataset.audit.contains { $0.hasPrefix("fault") } ? " open" : "" as Markup)>\
      <summary><b>Audit:</b> \(verdict)</summary><ul>\(lines)</ul></details>

      """
  }
}
