public import Evaluation
public import Foundation
import Molecules
import Records
import Statistics

extension ModelComparison {
  /// Writes every model's standing on every data set, and every pair, as two tables.
  public func writeTables(into folder: URL) throws {
    let standings = try DelimitedWriter(
      to: .file(folder.appending(path: "league.csv").path),
      header: [
        "dataset", "metric", "unit", "better", "model", "mean", "lower", "upper", "folds",
        "among_best",
      ])
    let pairs = try DelimitedWriter(
      to: .file(folder.appending(path: "pairs.csv").path),
      header: [
        "dataset", "metric", "method", "first", "second", "difference", "lower", "upper", "p",
        "cohen_d", "verdict",
      ])
    for dataset in datasets.map(\.comparison) {
      let names = dataset.standings.map(\.model)
      for standing in dataset.standings {
        try standings.write([
          dataset.dataset, dataset.metric.rawValue, dataset.unit ?? "",
          dataset.metric.higherIsBetter ? "higher" : "lower", standing.model,
          Self.text(standing.mean), Self.text(standing.interval?.lower),
          Self.text(standing.interval?.upper), "\(standing.scores.count)",
          standing.isAmongBest ? "1" : "0",
        ])
      }
      for pair in dataset.pairs {
        try pairs.write([
          dataset.dataset, dataset.metric.rawValue, dataset.method.rawValue, names[pair.first],
          names[pair.second], Self.text(pair.difference), Self.text(pair.interval.lower),
          Self.text(pair.interval.upper), Self.text(pair.pValue), Self.text(pair.effect),
          pair.verdict.rawValue,
        ])
      }
    }
    try standings.finish()
    try pairs.finish()
  }

  private static func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
}
