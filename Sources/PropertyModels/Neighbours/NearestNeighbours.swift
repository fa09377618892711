public import Featurization
import Tensors

/// The weighted mean of the most similar compounds: the baseline that knows chemistry.
public struct NearestNeighbours: SingleTaskFamily {
  /// The stable name.
  public static let name = "nearest-neighbours"

  /// What similarity is measured on; blocks count the same.
  public var features: FeatureRecipe
  /// How many neighbours answer.
  public var neighbours: Int
  /// A neighbour weighs its similarity to this power; 0 for all alike.
  public var sharpness: Double

  /// Creates the settings.
  public init(features: FeatureRecipe = .ecfp4, neighbours: Int = 5, sharpness: Double = 2) {
    self.features = features
    self.neighbours = neighbours
    self.sharpness = sharpness
  }

  /// Keeps the compounds.
  public func fit(
    task examples: TaskExamples, in context: TrainingContext
  ) throws -> FittedNeighbours {
    try examples.refusingBounds(for: Self.name)
    if let flaw { throw FittingError.settings(family: Self.name, reason: flaw) }
    let rows = try examples.compounds.rows(of: features, using: context.pool)
      .map { SimilarityRow(sparse: $0) }
    return FittedNeighbours(
      family: self, rows: rows, targets: DoublePrecision.kept(examples.targets),
      weights: DoublePrecision.kept(examples.weights))
  }

  /// Reads the compounds.
  public func read(task: LearningTask, _ files: ModelFiles) throws -> FittedNeighbours {
    let name = FittedNeighbours.file
    if let flaw { throw ModelError.damaged(file: name, reason: flaw) }
    let (rows, file) = try files.rows(name, layout: SimilarityLayout(features))
    guard !rows.isEmpty,
      let targets = DoublePrecision.numbers(file.tensors["targets"], count: rows.count),
      let weights = DoublePrecision.numbers(file.tensors["weights"], count: rows.count),
      weights.allSatisfy({ $0 > 0 })
    else { throw ModelError.damaged(file: name, reason: "its labels do not fit its rows") }
    return FittedNeighbours(family: self, rows: rows, targets: targets, weights: weights)
  }

  private var flaw: String? {
    if let flaw = features.flaw { return flaw }
    if neighbours < 1 { return "\(neighbours) neighbours" }
    return sharpness >= 0 && sharpness.isFinite ? nil : "a sharpness of \(sharpness)"
  }
}
