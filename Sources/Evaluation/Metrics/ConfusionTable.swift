/// Right and wrong calls of two classes.
public struct ConfusionTable: Codable, Hashable, Sendable {
  /// Actives called active.
  public private(set) var truePositives = 0
  /// Inactives called active.
  public private(set) var falsePositives = 0
  /// Inactives called inactive.
  public private(set) var trueNegatives = 0
  /// Actives called inactive.
  public private(set) var falseNegatives = 0

  /// Counts the calls of a score: active at the threshold and above.
  public init(scores: [Double], labels: [Bool], threshold: Double) {
    precondition(scores.count == labels.count, "\(scores.count) scores, \(labels.count) labels")
    for (score, label) in zip(scores, labels) {
      switch (score >= threshold, label) {
      case (true, true): truePositives += 1
      case (true, false): falsePositives += 1
      case (false, false): trueNegatives += 1
      case (false, true): falseNegatives += 1
      }
    }
  }

  /// Matthews' correlation of calls and classes.
  ///
  /// 0 where only one class stands in the rows or in the calls: a constant foretells nothing. This
  /// is scikit-learn's convention, and the limit as the missing cell goes to 0. Nil without rows.
  public var matthewsCorrelation: Double? {
    let (tp, fp) = (Double(truePositives), Double(falsePositives))
    let (tn, fn) = (Double(trueNegatives), Double(falseNegatives))
    guard tp + fp + tn + fn > 0 else { return nil }
    let scale = ((tp + fp) * (tp + fn)).squareRoot() * ((tn + fp) * (tn + fn)).squareRoot()
    return scale == 0 ? 0 : (tp * tn - fp * fn) / scale
  }

  /// The mean of the shares found of both classes; nil with one class.
  public var balancedAccuracy: Double? {
    let actives = truePositives + falseNegatives
    let inactives = trueNegatives + falsePositives
    guard actives > 0, inactives > 0 else { return nil }
    return
      (Double(truePositives) / Double(actives) + Double(trueNegatives) / Double(inactives)) / 2
  }

  /// The harmonic mean of precision and recall; nil where nothing is active and nothing called so.
  public var f1: Double? {
    let sum = 2 * truePositives + falsePositives + falseNegatives
    return sum == 0 ? nil : 2 * Double(truePositives) / Double(sum)
  }
}
