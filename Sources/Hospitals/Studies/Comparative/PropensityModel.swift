import Foundation
public import Statistics

/// The chance of the treatment, given what was known on the first day (Rosenbaum & Rubin 1983).
///
/// By LASSO logistic regression, so that many covariates may be offered; the penalty by
/// cross-validation, or given.
public struct PropensityModel: Hashable, Sendable {
  /// How the penalty is chosen.
  public enum Penalty: Hashable, Sendable {
    /// By so many folds, drawn by a seed.
    case crossValidated(folds: Int, seed: UInt64, LassoLogistic.Choice)
    /// As given; glmnet's λ.
    case given(Double)
  }

  /// The fit.
  public let fit: LassoLogistic
  /// Log odds of the treatment, of each row.
  public let logits: [Double]
  /// The share of rows with the treatment.
  public let prevalence: Double
  /// Which rows have the treatment.
  let isTreated: [Bool]

  /// Fits the chance of treatment.
  ///
  /// A covariate that tells the arms apart for certain is no confounder that could be adjusted for:
  /// scores within 1e-9 of 0 or 1 are an error.
  public init(
    isTreated: [Bool], covariates: [[Double]], penalty: Penalty
  ) throws(HospitalError) {
    let outcome = isTreated.map { $0 ? 1.0 : 0 }
    let lambda: [Double]
    switch penalty {
    case .given(let value):
      guard value > 0, value.isFinite else {
        throw HospitalError("the penalty of the propensity score is a number above 0")
      }
      lambda = [value]
    case .crossValidated(let folds, let seed, let choice):
      guard (2...50).contains(folds) else { throw HospitalError("folds are 2 to 50") }
      let least = isTreated.count { $0 }
      guard min(least, isTreated.count - least) >= folds else {
        throw HospitalError("an arm has fewer people than there are folds; give the penalty")
      }
      let penalties = LassoLogistic.penalties(outcome, covariates, count: 30)
      let cross: LassoLogistic.CrossValidation
      switch LassoLogistic.crossValidated(
        outcome, covariates, penalties: penalties,
        folds: LassoLogistic.folds(outcome, count: folds, seed: seed), tolerance: 1e-5)
      {
      case .success(let found): cross = found
      case .failure(let reason): throw HospitalError("propensity score: \(reason)")
      }
      let chosen = cross.penalty(choice)
      // The path down to the chosen penalty is quicker than one step to it.
      lambda = penalties.filter { $0 >= chosen }
    }
    switch LassoLogistic.path(outcome, covariates, penalties: lambda, tolerance: 1e-8) {
    case .success(let fits):
      guard let last = fits.last else { throw HospitalError("propensity score: no penalty") }
      fit = last
    case .failure(let reason): throw HospitalError("propensity score: \(reason)")
    }
    logits =
      covariates.isEmpty
      ? outcome.map { [fit] _ in fit.intercept } : fit.predictor(covariates)
    guard (logits.map(abs).max() ?? 0) < 20.7 else {
      throw HospitalError("covariates tell treatment and comparator apart for certain")
    }
    prevalence = outcome.reduce(0, +) / Double(outcome.count)
    self.isTreated = isTreated
  }

  /// The preference score of each row, the propensity score freed of how common the treatment is.
  ///
  /// Walker and others, Comparative Effectiveness Research 2013.
  public var preferences: [Double] {
    let shift = log(prevalence / (1 - prevalence))
    return logits.map { 1 / (1 + exp(shift - $0)) }
  }

  /// The share of rows whose preference lies from .3 to .7: at least half speaks for two treatments
  /// that are chosen between, by the rule of Walker et al.
  public var equipoise: Double {
    let scores = preferences
    return Double(scores.count { (0.3...0.7).contains($0) }) / Double(scores.count)
  }

  /// How well the score tells the arms apart: ½ not at all, 1 for certain.
  public var discrimination: Double {
    let ranks = Ranks.averaged(logits)
    let treated = Double(isTreated.count { $0 })
    let others = Double(isTreated.count) - treated
    let sum = zip(ranks, isTreated).reduce(0) { $0 + ($1.1 ? $1.0 : 0) }
    return (sum - treated * (treated + 1) / 2) / (treated * others)
  }
}
