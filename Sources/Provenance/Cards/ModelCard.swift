/// What a model is, what it was trained on, how well it does and where it must not be trusted: the
/// content of `card.json`, and of `CARD.md` in words.
public struct ModelCard: Codable, Hashable, Sendable {
  /// What the model predicts, and in which unit.
  public struct Endpoint: Codable, Hashable, Sendable {
    /// The short name, which names the columns of predictions, such as `pKi`.
    public var name: String
    /// The unit, such as `−log10(mol/L)`; `1` for a pure number or a probability.
    public var unit: String
    /// What is measured, in words, such as `inhibition of thrombin`.
    public var meaning: String

    /// Creates an endpoint.
    public init(name: String, unit: String, meaning: String) {
      self.name = name
      self.unit = unit
      self.meaning = meaning
    }
  }

  /// What kind of number the endpoint is.
  public enum Task: String, Codable, Hashable, Sendable, CaseIterable {
    /// A measured quantity.
    case regression
    /// The probability of one of two classes.
    case classification
  }

  /// The name of the model.
  public var name: String
  /// What kind of number it predicts.
  public var task: Task
  /// What it predicts.
  public var endpoint: Endpoint
  /// How it computes, in a sentence.
  public var architecture: String
  /// What it was trained on.
  public var training: TrainingRecord
  /// How well it does on rows that it never saw.
  public var performance: [Performance]
  /// How well trivial models do on the same rows.
  public var baselines: [Performance]
  /// How its intervals were made, and how often they held on rows that it never saw.
  public var calibration: CalibrationRecord?
  /// Where its predictions may be used, in words.
  public var applicabilityDomain: String
  /// What it cannot do, one sentence each.
  public var limitations: [String]
  /// The version of the code that made it.
  public var createdBy: String

  /// Creates a card.
  public init(
    name: String, task: Task, endpoint: Endpoint, architecture: String, training: TrainingRecord,
    performance: [Performance], baselines: [Performance], calibration: CalibrationRecord? = nil,
    applicabilityDomain: String, limitations: [String] = [],
    createdBy: String = CodeVersion.current
  ) {
    self.name = name
    self.task = task
    self.endpoint = endpoint
    self.architecture = architecture
    self.training = training
    self.performance = performance
    self.baselines = baselines
    self.calibration = calibration
    self.applicabilityDomain = applicabilityDomain
    self.limitations = limitations
    self.createdBy = createdBy
  }

  /// The name of the card in a model folder, for machines.
  public static let fileName = "card.json"
  /// The name of the card in a model folder, for readers.
  public static let textFileName = "CARD.md"
}
