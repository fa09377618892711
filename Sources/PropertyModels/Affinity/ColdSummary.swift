/// How towers fared on many hidden proteins, beside what needs no learning.
public struct ColdSummary: Hashable, Sendable {
  /// A mean over proteins with its interval.
  public struct Estimate: Hashable, Sendable {
    /// The mean.
    public let value: Double
    /// The ends of its interval.
    public let lower: Double, upper: Double
  }

  /// A trivial answer beside the towers'.
  public struct Rival: Hashable, Sendable {
    /// Which one.
    public let answer: ColdProtein.TrivialAnswer
    /// Its concordance index.
    public let concordance: Estimate
    /// By how much the towers' index is larger, protein by protein.
    public let ahead: Estimate
  }

  /// How many proteins.
  public let proteins: Int
  /// Of how many families they are.
  public let families: Int
  /// The towers' concordance index; nil without a protein.
  public let concordance: Estimate?
  /// The mean of the towers' Spearman correlations; nil where one is undefined.
  public let spearman: Estimate?
  /// The trivial answers.
  public let rivals: [Rival]

  /// Whether the towers are surely ahead of every trivial answer.
  var isAhead: Bool { !rivals.isEmpty && rivals.allSatisfy { $0.ahead.lower > 0 } }

  /// The trivial answer that is nearest to the towers.
  public var strongest: Rival? {
    rivals.min { ($0.ahead.lower, $0.answer.rawValue) < ($1.ahead.lower, $1.answer.rawValue) }
  }
}
