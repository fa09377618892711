import Statistics

/// A whole comparison: what was found on each data set, and over all of them.
public struct ModelComparison: Codable, Hashable, Sendable {
  /// What a model cost, on the mean over the replicates.
  public struct Cost: Codable, Hashable, Sendable {
    /// The model.
    public let model: String
    /// The seconds of a training with one thread, features made on the way included.
    public let trainSeconds: Double
    /// Molecules predicted in a second; nil for programs of others.
    public let moleculesPerSecond: Double?
    /// The bytes of the trained model; nil for programs of others.
    public let bytes: Int?

    /// Puts a cost together.
    public init(model: String, trainSeconds: Double, moleculesPerSecond: Double?, bytes: Int?) {
      self.model = model
      self.trainSeconds = trainSeconds
      self.moleculesPerSecond = moleculesPerSecond
      self.bytes = bytes
    }
  }

  /// How true a model's statements about its own doubt are.
  public struct Calibration: Codable, Hashable, Sendable {
    /// The model.
    public let model: String
    /// For classes the bins of probability; else none.
    public let bins: [ReliabilityTable.Bin]
    /// For numbers the share of a normal interval and how often it held what was measured.
    public let coverage: [Coverage]
  }

  /// A nominal share and the one that was seen.
  public struct Coverage: Codable, Hashable, Sendable {
    /// What the model promises.
    public let nominal: Double
    /// What was seen.
    public let observed: Double
  }

  /// A model's mean score where it learnt from a part of the training rows.
  public struct Learning: Codable, Hashable, Sendable {
    /// The model.
    public let model: String
    /// The share of the rows.
    public let share: Double
    /// The mean score; nil where it is undefined.
    public let mean: Double?

    /// Puts a point together.
    public init(model: String, share: Double, mean: Double?) {
      self.model = model
      self.share = share
      self.mean = mean
    }
  }

  /// A ranking's curves.
  public struct Curves: Codable, Hashable, Sendable {
    /// The model.
    public let model: String
    /// The curves.
    public let curves: RankingCurves
  }

  /// One data set.
  public struct Dataset: Codable, Hashable, Sendable {
    /// The verdict.
    public let comparison: DatasetComparison
    /// How many rows it was tested on, of one replicate.
    public let tested: Int
    /// What the models are worth to a buyer; empty without hits.
    public let readouts: [PracticalReadout]
    /// The curves of rankings; empty without hits.
    public let curves: [Curves]
    /// How true the models' doubts are.
    public let calibration: [Calibration]
    /// The learning curve; empty without parts.
    public var learning: [Learning]
    /// What the models cost.
    public var costs: [Cost]
    /// What the audit of the first replicate says, the verdict first.
    public var audit: [String]
  }

  /// The name of what was compared.
  public var title: String
  /// By which protocol.
  public var about: String
  /// The data sets.
  public var datasets: [Dataset]
  /// Over all data sets; nil with fewer than two.
  public var overall: OverallRanking?
  /// Where the numbers come from: names and digests.
  public var provenance: [Fact]

  /// A line of the provenance.
  public struct Fact: Codable, Hashable, Sendable {
    /// What it is.
    public let name: String
    /// Its value.
    public let value: String

    /// Puts a fact together.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Puts a comparison together.
  public init(title: String, about: String, datasets: [Dataset], provenance: [Fact]) {
    self.title = title
    self.about = about
    self.datasets = datasets
    self.provenance = provenance
    overall = OverallRanking(datasets.map(\.comparison))
  }
}
