import Evaluation
import Statistics

/// Every two models: the difference, its interval and what it amounts to.
///
/// The multiple comparisons similarity plot of Ash et al. 2025, as a table to read and copy.
struct PairMatrix {
  let comparison: DatasetComparison
  let decimals: Int

  func markup() -> Markup {
    let order = comparison.standings.indices.filter { comparison.standings[$0].mean != nil }.sorted
    {
      let (a, b) = (comparison.standings[$0].mean ?? 0, comparison.standings[$1].mean ?? 0)
      return comparison.metric.higherIsBetter ? (a, $1) > (b, $0) : (a, $0) < (b, $1)
    }
    let head = order.map { "<th scope=\"col\">\(comparison.standings[$0].model)</th>" as Markup }
    let rows = order.map { row -> Markup in
      let cells = order.map { cell(row, $0) }
      return "<tr><th scope=\"row\">\(comparison.standings[row].model)</th>\(cells)</tr>"
    }
    return """
      <div class="wide"><table class="matrix"><thead><tr><th></th>\(head)</tr></thead>\
      <tbody>\(rows)</tbody></table></div><figcaption>The row’s score less the column’s, with \
      its interval and Cohen’s d. <b class="key better">better</b> and \
      <b class="key worse">worse</b>: by more than chance and enough to matter; \
      <b class="key small">too small to matter</b>; the others are not shown to differ.</figcaption>
      """
  }

  private func cell(_ row: Int, _ column: Int) -> Markup {
    guard row != column, let pair = comparison.pair(row, column) else { return "<td></td>" }
    let kind =
      switch pair.verdict {
      case .better: "better"
      case .worse: "worse"
      case .negligible: "small"
      case .undecided: "open"
      }
    let sign = pair.difference > 0 ? "+" : ""
    let effect = pair.effect.map { ", d \(NumberText.shown($0, decimals: 1))" } ?? ""
    return """
      <td class="\(kind)" title="p = \(PValueText.short(pair.pValue)), all pairs at once">\
      \(sign)\(NumberText.shown(pair.difference, decimals: decimals))<small>\
      [\(NumberText.shown(pair.interval.lower, decimals: decimals)), \
      \(NumberText.shown(pair.interval.upper, decimals: decimals))]\(effect)</small></td>
      """
  }
}
