/// One reason, from one source, to think that a target matters in a disease.
///
/// Flat in its file, one column for each property, so that any tool reads it. Undefined numbers are
/// nil, never 0.
public struct EvidenceRecord: Hashable, Sendable {
  /// The platform that the reason comes from.
  public enum Platform: String, Codable, CaseIterable, Sendable {
    /// The national cohort: genes, medical use, health status.
    case nationalBio = "national-bio"
    /// A hospital, or several of them.
    case hospitals
    /// The random sample of public institutions' records.
    case publicSample = "public-sample"
    /// Patents.
    case patents
    /// Measured and modelled activities of compounds.
    case candidateMaterials = "candidate-materials"
    /// Published results that no platform holds.
    case literature
  }

  /// Where it comes from and what kind it is.
  public var source: EvidenceSource
  /// The target.
  public var target: EvidenceTarget
  /// The disease.
  public var disease: EvidenceDisease
  /// The statistic, as its method gives it.
  public var statistic: EvidenceStatistic
  /// What the change does to the gene's product.
  public var directionOnTarget: DirectionOnTarget
  /// What the change does to the trait.
  public var directionOnTrait: DirectionOnTrait
  /// How strong it is, 0 to 1.
  public var score: Double
  /// The rule that gave the score.
  public var scoreRule: String
  /// What may be known of the people behind it.
  public var protection: EvidenceProtection
  /// Whether the people and their records are real.
  public var reality: EvidenceReality
  /// What a reader should know: one sentence for each reservation.
  public var remarks: [String]
  /// Digests of what was read, by name.
  public var inputs: [String: String]
  /// The code that computed it.
  public var codeVersion: String

  /// Describes a reason.
  public init(
    source: EvidenceSource, target: EvidenceTarget, disease: EvidenceDisease,
    statistic: EvidenceStatistic, directionOnTarget: DirectionOnTarget,
    directionOnTrait: DirectionOnTrait, score: Double, scoreRule: String,
    protection: EvidenceProtection = EvidenceProtection(), reality: EvidenceReality,
    remarks: [String] = [], inputs: [String: String] = [:], codeVersion: String
  ) {
    self.source = source
    self.target = target
    self.disease = disease
    self.statistic = statistic
    self.directionOnTarget = directionOnTarget
    self.directionOnTrait = directionOnTrait
    self.score = score
    self.scoreRule = scoreRule
    self.protection = protection
    self.reality = reality
    self.remarks = remarks
    self.inputs = inputs
    self.codeVersion = codeVersion
  }

  /// What a drug would have to do, by both directions.
  public var requiredModulation: Modulation { Modulation(directionOnTarget, directionOnTrait) }
}
