import Foundation

/// Sets of classes that hold the true one as often as they say, for each class apart.
///
/// Conformal prediction with the class as its category (Vovk et al. 2005, 4.5): what is promised for
/// actives holds for them alone, however rare they are.
public struct MondrianCalibration: Codable, Hashable, Sendable {
  /// How strange each calibration row of class 0 was: the probability it was given of class 1,
  /// ascending.
  public let inactives: [Double]
  /// The same of class 1: the probability of class 0.
  public let actives: [Double]

  /// Calibrates on rows that the model never saw.
  /// - Parameter probabilities: of class 1; any score that rises with it will do.
  public init(probabilities: [Double], labels: [Bool]) {
    precondition(probabilities.count == labels.count, "as many labels as probabilities")
    precondition(probabilities.allSatisfy(\.isFinite), "a probability is not finite")
    let rows = zip(probabilities, labels)
    inactives = rows.filter { !$1 }.map { $0.0 }.sorted()
    actives = rows.filter { $1 }.map { 1 - $0.0 }.sorted()
  }

  /// How usual a compound with this probability would be if it were of a class: the share of the
  /// class's calibration rows that are at least as strange, itself among them.
  public func pValue(probability: Double, active: Bool) -> Double {
    let strangeness = active ? 1 - probability : probability
    let scores = active ? actives : inactives
    var (low, high) = (0, scores.count)
    while low < high {
      let middle = (low + high) / 2
      if scores[middle] < strangeness { low = middle + 1 } else { high = middle }
    }
    return Double(scores.count - low + 1) / Double(scores.count + 1)
  }

  /// The classes that cannot be excluded at a coverage: none, one or both.
  public func classes(
    probability: Double, coverage: Double
  ) -> (inactive: Bool, active: Bool) {
    precondition(coverage > 0 && coverage < 1, "a coverage lies between 0 and 1")
    return (
      pValue(probability: probability, active: false) > 1 - coverage,
      pValue(probability: probability, active: true) > 1 - coverage
    )
  }
}
