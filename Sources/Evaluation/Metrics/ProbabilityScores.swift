import Foundation
import Statistics

/// How well probabilities fit what happened.
enum ProbabilityScores {
  /// The mean squared distance of probability and class.
  ///
  /// Brier: Verification of forecasts expressed in terms of probability. Mon. Weather Rev. 1950.
  static func brier(_ scores: [Double], _ labels: [Bool]) -> Double? {
    Moments.mean(zip(scores, labels).map { ($0 - ($1 ? 1 : 0)) * ($0 - ($1 ? 1 : 0)) })
  }

  /// The mean negative logarithm of the probability of what happened.
  ///
  /// That probability is kept 1e-15 away from 0 and 1, so that one sure error is not infinite.
  static func logLoss(_ scores: [Double], _ labels: [Bool]) -> Double? {
    Moments.mean(
      zip(scores, labels).map { score, label in
        let probability = label ? score : 1 - score
        return -log(min(max(probability, 1e-15), 1 - 1e-15))
      })
  }

  /// The mean distance of probability and rate over equally wide bins, weighted by rows.
  ///
  /// Naeini, Cooper, Hauskrecht: AAAI 2015. Empty bins are left out.
  static func calibrationError(_ scores: [Double], _ labels: [Bool], bins: Int) -> Double? {
    guard !scores.isEmpty else { return nil }
    let table = ReliabilityTable(probabilities: scores, labels: labels, bins: bins)
    let gaps = table.bins.map { Double($0.count) * abs($0.meanProbability - $0.rate) }
    return Moments.sum(gaps) / Double(scores.count)
  }
}
