import Evaluation
import Statistics

/// A comparison as lines for a terminal.
struct ComparisonText {
  let lines: [String]

  init(_ comparison: ModelComparison) {
    var lines = [comparison.title]
    for dataset in comparison.datasets {
      let compared = dataset.comparison
      let direction = compared.metric.higherIsBetter ? "higher" : "lower"
      lines += ["", "\(compared.dataset): \(compared.metric.name), \(direction) is better"]
      let width = compared.standings.map(\.model.count).max() ?? 0
      for standing in compared.standings {
        let name = standing.model.padding(width)
        let mark = standing.isAmongBest ? "●" : " "
        let interval = standing.interval.map { " [\(short($0.lower)), \(short($0.upper))]" } ?? ""
        lines.append("  \(mark) \(name)  \(standing.mean.map(short) ?? "undefined")\(interval)")
      }
      for readout in dataset.readouts { lines.append("    \(readout.model): \(readout.sentence)") }
      if let audit = dataset.audit.first { lines.append("    audit: \(audit)") }
    }
    if let overall = comparison.overall {
      lines += [
        "",
        "mean rank over \(overall.datasets.count) data sets (critical difference "
          + "\(short(overall.criticalDifference)))",
      ]
      for model in overall.models.indices.sorted(by: {
        (overall.meanRanks[$0], $0) < (overall.meanRanks[$1], $1)
      }) { lines.append("  \(short(overall.meanRanks[model]))  \(overall.models[model])") }
    }
    lines += ["", "● no other model is shown to be better"]
    self.lines = lines
  }
}

private func short(_ value: Double) -> String { "\((value * 1000).rounded() / 1000)" }

extension String {
  fileprivate func padding(_ width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
