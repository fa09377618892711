/// How many people with a disease go without what would help them.
///
/// A property of a disease, not a reason for a target: nothing that weighs evidence takes it.
public struct DiseaseNeed: Hashable, Codable, Sendable {
  /// An estimate with the ends of its 95 % interval; an end is nil where none can be given.
  public struct Estimate: Hashable, Codable, Sendable {
    /// The estimate.
    public let value: Double
    /// The lower end.
    public let lower: Double?
    /// The upper end.
    public let upper: Double?

    /// Puts an estimate together.
    public init(value: Double, lower: Double?, upper: Double?) {
      self.value = value
      self.lower = lower
      self.upper = upper
    }
  }

  /// The disease.
  public let disease: EvidenceDisease
  /// People of the population who have it and whose need is not met.
  public let people: Estimate
  /// Their share of all who have it.
  public let share: Estimate
  /// The share of the population that has it.
  public let prevalence: Estimate

  /// Describes a need.
  public init(disease: EvidenceDisease, people: Estimate, share: Estimate, prevalence: Estimate) {
    self.disease = disease
    self.people = people
    self.share = share
    self.prevalence = prevalence
  }
}
