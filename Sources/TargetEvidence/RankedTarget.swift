public import Entities
public import Statistics

/// A target of a disease with all that speaks for it and against it.
public struct RankedTarget: Sendable {
  /// Its name.
  public let target: EvidenceTarget
  /// What a drug would have to do; unknown where the evidence does not say or contradicts itself.
  public let modulation: Modulation
  /// The overall score in Open Targets' manner, 0 to 1: it ranks, it is no confidence.
  public let score: Double
  /// How much more often programmes with such support succeeded, with 95 %.
  public let relativeSuccess: (value: Double, interval: Interval)?
  /// The decision.
  public let decision: TargetDecision
  /// Why, in sentences.
  public let reasons: [String]
  /// The scores for each direction: what speaks for inhibiting, for activating, and for neither.
  public let support: [Modulation: Double]
  /// Neighbours through which the target can be moved, each by a cited effect.
  public let detours: [Detour]
  /// The evidence, strongest first, with identities.
  public let evidence: [(id: String, record: EvidenceRecord)]

  /// A way to move a target through a neighbour.
  public struct Detour: Hashable, Sendable {
    /// The neighbour.
    public let target: String
    /// What a drug would have to do to it.
    public let modulation: Modulation
    /// What the neighbour does, and who showed it.
    public let edge: PathwayEdge
  }

  /// The least real of its evidence: what a table has to say of it.
  public var reality: String {
    let words = Set(evidence.map(\.record.reality.word))
    return ["synthetic", "simulated", "real"].filter(words.contains).joined(separator: " + ")
  }
}
