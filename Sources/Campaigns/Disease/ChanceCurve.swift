import Entities
import Foundation
public import Screening
import Statistics

extension ChanceOfActivity {
  /// The least compounds, and the least of each kind, from which a curve is fitted.
  static let fewest = (compounds: 30, ofAKind: 5)

  /// Fits the curve to compounds that a model was tested on and never saw.
  ///
  /// Firth's penalty keeps it finite where the model parts active from inactive without a fault. Of
  /// too few compounds nothing can be learned: the model's own uncertainty stands.
  public init(threshold: Double, goal: OptimisationGoal, test: [TestedCompound]) {
    let plain = ChanceOfActivity(threshold: threshold, goal: goal)
    let distances = test.map { plain.distance(of: $0.prediction) }
    let labels = test.map { plain.isActive($0.measured) ? 1.0 : 0 }
    let actives = Int(labels.reduce(0, +))
    let ones = [Double](repeating: 1, count: labels.count)
    guard test.count >= Self.fewest.compounds, actives >= Self.fewest.ofAKind,
      test.count - actives >= Self.fewest.ofAKind,
      let fit = FirthRegression(labels, Design([ones, distances])), fit.isConverged,
      // A model whose better predictions are worse knows nothing; its uncertainty is no guide either.
      fit.coefficients[1] > 0
    else {
      self = plain
      return
    }
    // The inverse of the information, two by two.
    var (a, b, c) = (0.0, 0.0, 0.0)
    for distance in distances {
      let share = 1 / (1 + exp(-(fit.coefficients[0] + fit.coefficients[1] * distance)))
      let weight = share * (1 - share)
      a += weight
      b += weight * distance
      c += weight * distance * distance
    }
    let determinant = a * c - b * b
    guard determinant > 0 else {
      self = plain
      return
    }
    self.init(
      threshold: threshold, goal: goal, intercept: fit.coefficients[0],
      slope: fit.coefficients[1],
      covariance: [c / determinant, -b / determinant, a / determinant], fittedTo: test.count)
  }
}
