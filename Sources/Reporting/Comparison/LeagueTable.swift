import Evaluation
import Statistics

/// Every model on every data set: mean, interval, and whether it is among the best.
///
/// No mean is bold: the mark says what is shown, not what is first.
struct LeagueTable {
  let comparison: ModelComparison
  let models: [String]

  func markup() -> Markup {
    let ranks = comparison.overall
    let head = models.map { "<th scope=\"col\">\($0)</th>" as Markup }
    let rows = comparison.datasets.map { row($0.comparison) }
    let last: Markup =
      ranks.map { ranking in
        let cells = models.map { model -> Markup in
          guard let place = ranking.models.firstIndex(of: model) else { return "<td>–</td>" }
          return "<td>\(NumberText.plain(ranking.meanRanks[place], decimals: 2))</td>"
        }
        return "<tr class=\"ranks\"><th scope=\"row\">mean rank</th>\(cells)</tr>"
      } ?? .empty
    return """
      <section id="league"><h2>League table</h2>
      <p class="sub">Means with 95 % intervals. <span class="mark">●</span> marks the models of \
      which no other is shown to be better on that data set. Over folds, intervals that do not \
      overlap are a difference that is shown, all pairs at once; on a single test set, look at the \
      pairs below.</p>
      <div class="wide"><table class="league"><thead><tr><th scope="col">data set</th>\(head)</tr>\
      </thead><tbody>\(rows)\(last)</tbody></table></div></section>

      """
  }

  private func row(_ dataset: DatasetComparison) -> Markup {
    let decimals = ScoreText.decimals(dataset)
    let cells = models.map { model -> Markup in
      guard let standing = dataset.standings.first(where: { $0.model == model }) else {
        return "<td class=\"none\">–</td>"
      }
      let interval: Markup =
        standing.interval.map { interval in
          """
          <small>[\(NumberText.shown(interval.lower, decimals: decimals)), \
          \(NumberText.shown(interval.upper, decimals: decimals))]</small>
          """
        } ?? .empty
      let mark: Markup = standing.isAmongBest ? "<span class=\"mark\">●</span> " : .empty
      return """
        <td>\(mark)\(ScoreText.shown(standing.mean, decimals: decimals)) \(interval)</td>
        """
    }
    let unit = dataset.unit.map { $0 == "1" ? "" : ", \($0)" } ?? ""
    let direction = dataset.metric.higherIsBetter ? "↑" : "↓"
    return """
      <tr><th scope="row"><a href="#\(DatasetSection.anchor(dataset.dataset))">\
      \(dataset.dataset)</a> <small>\(dataset.metric.name)\(unit) \(direction)</small></th>\(cells)\
      </tr>
      """
  }
}

/// What the models cost.
struct CostTable {
  let comparison: ModelComparison
  let models: [String]

  func markup() -> Markup {
    let costs = comparison.datasets.flatMap(\.costs)
    guard !costs.isEmpty else { return .empty }
    let rows = models.map { model -> Markup in
      let own = costs.filter { $0.model == model }
      let seconds = own.reduce(0) { $0 + $1.trainSeconds }
      let speeds = own.compactMap(\.moleculesPerSecond)
      let speed = speeds.isEmpty ? nil : speeds.sorted()[speeds.count / 2]
      let bytes = own.compactMap(\.bytes).max()
      return """
        <tr><th scope="row">\(model)</th><td>\(NumberText.plain(seconds, decimals: 1))</td>\
        <td>\(speed.map { NumberText.grouped(Int($0)) } ?? "–")</td>\
        <td>\(bytes.map { NumberText.plain(Double($0) / 1e6, decimals: 2) } ?? "–")</td></tr>
        """
    }
    return """
      <section id="cost"><h2>Cost</h2>
      <p class="sub">With one thread: the seconds of one training on each data set together, the \
      median of molecules predicted in a second, the largest model. Measured while the run went on, \
      so good for comparing, not for records. A program of others is timed as a whole.</p>
      <div class="wide"><table class="league"><thead><tr><th scope="col">model</th>\
      <th scope="col">train, s</th><th scope="col">molecules/s</th><th scope="col">model, MB</th>\
      </tr></thead><tbody>\(rows)</tbody></table></div></section>

      """
  }
}
