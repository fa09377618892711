/// How measurements of one compound on one target become one value.
///
/// Independent measurements of the same compound and target differ by a standard deviation of about
/// half a logarithm for Ki (Kramer et al., *J. Med. Chem.* 2012, 55, 5165) and a little more for IC50
/// (Kalliokoski et al., *PLoS ONE* 2013, 8, e61007); where assays are not matched, most pairs differ
/// by more than .3 (Landrum & Riniker, *J. Chem. Inf. Model.* 2024, 64, 1560).
public struct CurationRules: Codable, Hashable, Sendable {
  /// Beyond this standard deviation, in logarithms, exact values contradict one another.
  public var largestSpread: Double
  /// By how many logarithms a median may lie beyond a bound before the bound is a contradiction.
  public var boundTolerance: Double

  /// Creates rules.
  public init(largestSpread: Double = 1, boundTolerance: Double = 0.5) {
    precondition(largestSpread > 0 && boundTolerance >= 0, "spreads are positive")
    self.largestSpread = largestSpread
    self.boundTolerance = boundTolerance
  }

  /// One logarithm, and half of one.
  public static let `default` = CurationRules()
}

/// A measurement as curation sees it, on the scale of the negative logarithm.
public struct ActivityMeasurement: Hashable, Sendable {
  /// −log₁₀(mol/L): 9 is one nanomolar.
  public var value: Double
  /// How the true value lies to it: `above` is stronger.
  public var relation: ActivityRelation
  /// The publication or patent; nil where the source names none.
  public var reference: String?

  /// Creates a measurement.
  public init(_ value: Double, _ relation: ActivityRelation = .equal, reference: String? = nil) {
    self.value = value
    self.relation = relation
    self.reference = reference
  }
}
