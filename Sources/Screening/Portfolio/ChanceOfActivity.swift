public import Entities
import Foundation

/// How likely a compound is to be active, given what a model predicts of it.
///
/// A logistic curve over how many uncertainties the prediction lies beyond the threshold, fitted to
/// compounds that the model never saw (Platt 1999): where predictions are surer than they should be,
/// the curve is flatter than the normal distribution would have it.
public struct ChanceOfActivity: Hashable, Codable, Sendable {
  /// The value, in the endpoint's unit, from which a compound counts as active.
  public let threshold: Double
  /// Whether more or less is wanted.
  public let goal: OptimisationGoal
  /// The curve's height where the prediction is the threshold, as a logit.
  public let intercept: Double
  /// Its slope, in logits for one uncertainty.
  public let slope: Double
  /// How unsure intercept and slope are: their variances, and their covariance between.
  public let covariance: [Double]
  /// How many compounds it was fitted to; 0 where there were too few, and the normal curve stands in.
  public let fittedTo: Int

  /// The normal distribution's own curve, as a logistic: 1.702 z is within .01 of it everywhere
  /// (Camilli 1994).
  public static let normalSlope = 1.702

  /// Describes a curve; without numbers the one that takes the model's uncertainty at its word.
  public init(
    threshold: Double, goal: OptimisationGoal, intercept: Double = 0,
    slope: Double = ChanceOfActivity.normalSlope, covariance: [Double] = [0, 0, 0],
    fittedTo: Int = 0
  ) {
    precondition(covariance.count == 3, "two variances with the covariance between")
    self.threshold = threshold
    self.goal = goal
    self.intercept = intercept
    self.slope = slope
    self.covariance = covariance
    self.fittedTo = fittedTo
  }

  /// How many uncertainties a prediction lies on the good side of the threshold, at most 20.
  public func distance(of prediction: PredictedValue) -> Double {
    let beyond = goal == .maximise ? prediction.value - threshold : threshold - prediction.value
    guard prediction.uncertainty > 0 else { return beyond >= 0 ? 20 : -20 }
    return min(20, max(-20, beyond / prediction.uncertainty))
  }

  /// Whether a measured value counts as active.
  public func isActive(_ measured: Double) -> Bool {
    goal == .maximise ? measured >= threshold : measured <= threshold
  }

  /// The chance, 0 to 1.
  public func chance(of prediction: PredictedValue) -> Double {
    chance(atDistance: distance(of: prediction))
  }

  /// The chance with the whole curve moved by so many of its own standard errors at this place.
  func chance(atDistance distance: Double, moved errors: Double = 0) -> Double {
    let variance =
      covariance[0] + 2 * distance * covariance[1] + distance * distance * covariance[2]
    let logit = intercept + slope * distance + errors * max(0, variance).squareRoot()
    return 1 / (1 + exp(-logit))
  }
}
