import Foundation
public import Provenance
import Statistics

/// What a run found, for a reader: the same numbers as one fit over the pooled rows.
public struct FederatedResult: Codable, Hashable, Sendable {
  /// One coefficient.
  public struct Effect: Codable, Hashable, Sendable {
    /// Its term.
    public let term: String
    /// The estimate: a difference, or a log odds, rate or hazard ratio, for a step of `unit`.
    public let estimate: Double
    /// Its standard error.
    public let standardError: Double
    /// How much of the term's column one step is: 1, or the scale it was divided by.
    public let unit: Double
    /// The two-sided p: by Student's t for a linear model, else by the normal distribution.
    public let pValue: Double
    /// The 95 % interval.
    public let lower: Double, upper: Double
  }

  /// The study's name and digest.
  public let study: String, digest: Digest
  /// The effects, in the study's order.
  public let effects: [Effect]
  /// −2 log likelihood for a linear model is its residual sum of squares.
  public let logLikelihood: Double
  /// The hospitals that are in it.
  public let sites: [String]
  /// Persons behind it, as the hospitals tell them; one number for all where they are masked.
  public let persons: [String: Int]
  /// Rounds until the fit stood, the first for scaling included.
  public let rounds: Int
  /// Hospitals that are not in it, and why: with one of them the result is not the study's.
  public let missing: [String: String]

  /// Whether all hospitals that were to answer are in it.
  public var isComplete: Bool { missing.isEmpty }
}

extension FederatedRun {
  /// The result; nil while there is no fit.
  public var result: FederatedResult? {
    guard let fit else { return nil }
    let degrees = Double(fit.rows - study.shape.coefficients)
    let isLinear = study.model == .linear
    // A linear likelihood is of unit variance; the residuals' goes in here.
    let variance = isLinear ? -2 * fit.logLikelihood / degrees : 1
    var scales = scalings.makeIterator()
    let units =
      (study.hasIntercept ? [1.0] : [])
      + study.terms.map { term in
        switch term.scaling {
        case .asIs: 1
        case .fixed(let scaling): scaling.scale
        case .standardised: scales.next()?.scale ?? 1
        }
      }
    let reach =
      isLinear ? StudentT.point(beyond: 0.05, degrees: degrees) : -Normal.point(ofShare: 0.025)
    let effects = study.coefficientNames.indices.map { column in
      let estimate = fit.coefficients[column]
      let error = (fit.covariance(column, column) * variance).squareRoot()
      let p =
        isLinear
        ? StudentT.share(beyond: abs(estimate / error), degrees: degrees)
        : 2 * Normal.share(below: -abs(estimate / error))
      return FederatedResult.Effect(
        term: study.coefficientNames[column], estimate: estimate, standardError: error,
        unit: units[column], pValue: p, lower: estimate - reach * error,
        upper: estimate + reach * error)
    }
    return FederatedResult(
      study: study.name, digest: study.digest, effects: effects, logLikelihood: fit.logLikelihood,
      sites: sites, persons: persons, rounds: fit.rounds + (study.shape.standardised > 0 ? 1 : 0),
      missing: missing)
  }
}
