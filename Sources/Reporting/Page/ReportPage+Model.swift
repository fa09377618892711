extension ReportPage {
  /// How good the model is, in full.
  var assessment: Markup {
    """
    <section id="model" aria-labelledby="model-title">
    <h2 id="model-title">The model on compounds it had not seen</h2>
    <p class="sub">\(report.model.name). Trained on \
    \(NumberText.count(report.model.trainingCount, "compound")), tested on \
    \(NumberText.grouped(report.model.test.count)). \(report.model.split)</p>
    \(metricTable)
    <div class="pair">
    \(predictionFigure)
    \(calibrationFigure)
    </div>
    </section>
    """
  }

  private var metrics: [String] {
    var names: [String] = []
    for metric in report.model.contenders.flatMap(\.metrics) where !names.contains(metric.name) {
      names.append(metric.name)
    }
    return names
  }

  private var metricTable: Markup {
    guard !metrics.isEmpty else { return "<p>The model was not tested.</p>" }
    let contenders = report.model.contenders
    let heads = contenders.map { contender -> Markup in
      let role: Markup = contender.role == .baseline ? "<small>baseline</small>" : ""
      return "<th scope=\"col\">\(contender.name)\(role)</th>"
    }
    let rows = metrics.map { name -> Markup in
      let found = contenders.map { contender in contender.metrics.first { $0.name == name } }
      let isLower = found.compactMap { $0 }.first?.better == .lower
      let values = found.compactMap { $0?.value }.filter(\.isFinite)
      let best = isLower ? values.min() : values.max()
      let cells = found.map { metric -> Markup in
        guard let metric else { return "<td class=\"none\">–</td>" }
        let text: Markup = """
          \(MetricText.value(metric)) <small>\(MetricText.interval(metric))</small>
          """
        return metric.value == best ? "<td class=\"best\">\(text)</td>" : "<td>\(text)</td>"
      }
      return """
        <tr><th scope="row">\(name) <small>\(isLower ? "lower" : "higher") is better</small></th>\
        \(cells)</tr>
        """
    }
    return """
      <p class="sub" id="metrics-title">Test set metrics with 95 % intervals; the best of each row \
      is bold.</p><div class="wide" tabindex="0" role="region" aria-labelledby="metrics-title">\
      <table class="metrics" aria-labelledby="metrics-title"><thead><tr><th scope="col">Metric</th>\(heads)</tr></thead>\
      <tbody>\(rows)</tbody></table></div>
      """
  }

  private var predictionFigure: Markup {
    guard !report.model.test.isEmpty else { return .empty }
    let chart = PredictionChart(test: report.model.test, endpoint: report.endpoint)
    return """
      <figure><h3>Predicted against measured</h3>\(chart.markup())\
      <figcaption>\(chart.summary) The diagonal is a perfect prediction; values \
      missed by their interval are <span class="key missed">orange</span>.</figcaption></figure>
      """
  }

  private var calibrationFigure: Markup {
    guard !report.model.calibration.isEmpty else { return .empty }
    let chart = CalibrationChart(levels: report.model.calibration)
    return """
      <figure><h3>Are the intervals honest</h3>\(chart.markup())\
      <figcaption>\(chart.summary) Below the diagonal, intervals are too narrow; above it, too \
      wide.</figcaption></figure>
      """
  }
}
