public import Provenance

/// What a coordinator asks a hospital in one round: it names an approved study and a place, no more.
///
/// Model, outcome and terms stand in the study, which the hospital approved beforehand and knows by
/// its digest; a question cannot choose rows or columns.
public struct Question: Hashable, Sendable {
  /// What is wanted.
  public enum Body: Hashable, Sendable {
    /// Mean and spread of the terms that are standardised.
    case moments
    /// Log likelihood, gradient and information at a place. One scaling for each standardised term.
    case newton(scalings: [Scaling], coefficients: [Double])
    /// The hospital's own estimate, for a comparison by meta-analysis.
    case estimate(scalings: [Scaling])
    /// The study's contingency table, small cells kept back.
    case table
    /// The same with noise of privacy loss `numerator` / `denominator`, from the hospital's budget.
    case noisyTable(numerator: UInt32, denominator: UInt32)
  }

  /// The protocol's version.
  public var version = FederationLimits.version
  /// The study.
  public let study: Digest
  /// The run that the question belongs to.
  public let run: MessageID
  /// The round within the run; it never falls.
  public let round: UInt32
  /// The name of this one question; used once.
  public let nonce: MessageID
  /// What is wanted.
  public let body: Body

  /// A question.
  public init(study: Digest, run: MessageID, round: UInt32, nonce: MessageID, body: Body) {
    self.study = study
    self.run = run
    self.round = round
    self.nonce = nonce
    self.body = body
  }
}

/// How a column is put on a common scale: (x − centre) / scale.
public struct Scaling: Codable, Hashable, Sendable {
  /// What is subtracted, in the column's unit.
  public let centre: Double
  /// What is divided by, in the column's unit; above 0.
  public let scale: Double

  /// Leaves a column as it is.
  public static let none = Scaling(unchecked: 0, 1)

  /// A scaling; nil unless both are finite and the scale is above 0.
  public init?(centre: Double, scale: Double) {
    guard centre.isFinite, scale.isFinite, scale > 0 else { return nil }
    self.init(unchecked: centre, scale)
  }

  private init(unchecked centre: Double, _ scale: Double) {
    self.centre = centre
    self.scale = scale
  }

  /// The value on the common scale.
  public func callAsFunction(_ value: Double) -> Double { (value - centre) / scale }
}
