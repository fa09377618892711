import Foundation

/// What a scan found for one variant.
public struct VariantFinding: Sendable {
  /// Which statistic a p-value belongs to.
  public enum Test: String, Sendable {
    /// Student's t of the variant's coefficient in a linear model.
    case t
    /// Rao's score: χ² of one degree, from the model without the variant.
    case score
    /// The score, its tail by a saddle point.
    case saddlePoint = "saddle-point"
    /// Firth's penalised likelihood ratio: χ² of one degree.
    case firth = "firth-lrt"
  }

  /// An effect and how sure it is.
  public struct Estimate: Hashable, Sendable {
    /// The effect of one more counted allele: the trait's units, or log odds.
    public var beta: Double
    /// Its standard error.
    public var standardError: Double
    /// The value of the test's statistic.
    public var statistic: Double
    /// −log₁₀ p, which stays finite where p itself underflows.
    public var minusLog10P: Double
    /// Which test.
    public var test: Test
  }

  /// The variant.
  public let variant: PlinkFiles.Variant
  /// People whose genotype counted.
  public let people: Int
  /// The counted allele's share among them; nil where telling it would point at few people.
  public let frequency: Double?
  /// The estimate; nil where there is none.
  public let estimate: Estimate?
  /// Why there is none; empty where there is one.
  public let note: String
}

extension VariantFinding.Estimate {
  /// −log₁₀ of a p-value whose natural logarithm is given.
  static func minusLog10(_ logP: Double) -> Double { max(0, -logP / M_LN10) }
}
