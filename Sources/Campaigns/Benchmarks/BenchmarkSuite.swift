public import Evaluation
public import PropertyModels
public import Provenance

/// What is compared on what: models, data sets, splits and the metric of each.
///
/// Read from YAML by ``SuiteReader``; a suite is data, so that a comparison can be repeated.
public struct BenchmarkSuite: Codable, Hashable, Sendable {
  /// The name, such as `tdc-admet-group`.
  public var name: String
  /// What is compared and by which protocol, for the reader of the result.
  public var about: String
  /// The models.
  public var models: [BenchmarkModel]
  /// The data sets.
  public var datasets: [BenchmarkDataset]
}

/// A model that takes part.
public struct BenchmarkModel: Codable, Hashable, Sendable {
  /// What is run.
  public enum Kind: Codable, Hashable, Sendable {
    /// A family of ours with its settings.
    case family(ModelRecipe)
    /// What needs no learning: of classes the highest ECFP4 similarity to an active that was learnt
    /// from, of numbers the value of the most similar compound. What a leaky benchmark rewards.
    case memoriser
    /// A program that reads a training and a test table and writes predictions: ``RivalProcess``.
    case command([String])
  }

  /// The name in tables.
  public var name: String
  /// What is run.
  public var kind: Kind

  /// The name as a file's name: other signs than letters, digits and `.+-` become `-`.
  public var fileName: String { BenchmarkModel.fileName(name) }

  static func fileName(_ name: String) -> String {
    String(
      name.lowercased().map { sign in
        sign.isASCII && (sign.isLetter || sign.isNumber || ".+-".contains(sign)) ? sign : "-"
      })
  }
}

/// A data set with its task and its split.
public struct BenchmarkDataset: Codable, Hashable, Sendable {
  /// A table and the digest it must have.
  public struct File: Codable, Hashable, Sendable {
    /// The path below the suite's folder of data.
    public var path: String
    /// The digest; nil takes the file as it is.
    public var digest: Digest?
  }

  /// The name in tables and folders.
  public var name: String
  /// All rows; or the rows to learn from where there is a test file.
  public var file: File
  /// The rows to test on, where they stand in a file of their own.
  public var testFile: File?
  /// The column of the structure; nil looks for the usual names.
  public var smiles: String?
  /// The column of the value.
  public var value: String
  /// The column of the identifier; nil looks for the usual names.
  public var id: String?
  /// What kind of labels it has.
  public var task: LearningTask
  /// The metric by which models are ranked.
  public var metric: ComparisonMetric
  /// From which value on a compound counts as a hit; nil where numbers are no hits.
  public var hit: HitRule?
  /// The smallest difference that matters; nil takes the metric's own.
  public var margin: Double?
  /// How rows are parted.
  public var split: BenchmarkSplit
  /// The shares of the training rows that are learnt from; 1 is among them.
  public var shares: [Double]
}

/// Which measured numbers make a hit.
public struct HitRule: Codable, Hashable, Sendable {
  /// The threshold, a hit itself.
  public var threshold: Double
  /// Whether hits lie at the threshold and above, or else below.
  public var above: Bool

  /// Sets a threshold.
  public init(threshold: Double, above: Bool) {
    self.threshold = threshold
    self.above = above
  }

  /// Whether a measured value is a hit.
  public func isHit(_ value: Double) -> Bool { above ? value >= threshold : value <= threshold }
}

/// How the rows of a data set are parted.
public enum BenchmarkSplit: Codable, Hashable, Sendable {
  /// By the files themselves; models differ by their seeds alone.
  case files(seeds: [UInt64])
  /// By a column with `train` and `test`.
  case column(String, seeds: [UInt64])
  /// By a table `id,part`.
  case table(String, seeds: [UInt64])
  /// By a JSON file with lists of the identifiers to learn from; all other rows are tested on. One
  /// replicate for each list.
  case draws(String)
  /// By chance: 80 % to learn from, 20 % to test on.
  case random(seeds: [UInt64])
  /// By scaffolds, 80 % to learn from.
  case scaffold(ScaffoldSplit.Variant, seeds: [UInt64])
  /// Repeated cross-validation; folds are random or whole scaffolds.
  case crossValidation(repeats: Int, folds: Int, byScaffold: Bool, seed: UInt64)

  /// Whether each replicate tests other rows: then replicates are what is compared, else compounds.
  public var movesTestRows: Bool {
    switch self {
    case .files, .column, .table: false
    case .scaffold(let variant, _): variant != .deepChem
    case .random, .crossValidation, .draws: true
    }
  }
}
