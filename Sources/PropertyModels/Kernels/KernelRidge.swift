public import Featurization
import LinearAlgebra
public import Parallelism

/// Ridge regression on the similarity of fingerprints; parts count the same.
public struct KernelRidge: SingleTaskFamily {
  /// The stable name.
  public static let name = "kernel-ridge"
  /// The most compounds: with n the memory is 16 n² bytes.
  public static let rowLimit = 20_000

  /// What similarity is measured on.
  public var features: CompoundFeatures
  /// The penalty on the function's squared length.
  public var ridge: Double

  /// Creates the settings.
  public init(
    features: CompoundFeatures = CompoundFeatures(fingerprints: .fourCounts), ridge: Double = 0.3
  ) {
    self.features = features
    self.ridge = ridge
  }

  /// Solves for the labels.
  public func fit(task examples: TaskExamples, in context: TrainingContext) throws -> FittedRidge {
    try examples.refusingBounds(for: Self.name)
    if let flaw { throw FittingError.settings(family: Self.name, reason: flaw) }
    let scaling = try DenseScaling(
      of: features.trulyDense, in: examples.compounds, using: context.pool)
    let rows = try features.similarityRows(
      of: examples.compounds, scaling: scaling, using: context.pool)
    guard rows.count <= Self.rowLimit else {
      throw FittingError.settings(
        family: Self.name,
        reason: "\(rows.count) compounds, at most \(Self.rowLimit): use a Gaussian process")
    }
    try context.check()
    let index = SimilarityIndex(rows, SimilarityLayout(features))
    let parts = index.layout.parts
    let shares = [Double](repeating: 1 / Double(parts), count: parts)
    var kernel = index.kernel(rows, weights: shares, using: context.pool)
    for (row, weight) in examples.weights.enumerated() { kernel[row, row] += ridge / weight }
    let isClass = examples.task.kind == .classification
    do {
      // Of classes the labels are −1 and 1.
      let targets = isClass ? examples.targets.map { 2 * $0 - 1 } : examples.targets
      let weights = try CholeskyFactor(of: kernel).solve(targets)
      return FittedRidge(
        features: features, scaling: scaling,
        process: KernelProcess(
          parameters: KernelParameters(variances: shares, noise: ridge, mean: 0), rows: rows,
          index: index, weights: DoublePrecision.kept(weights), doubt: .none, inverse: nil),
        isClass: isClass)
    } catch {
      throw FittingError.numerics(family: Self.name, reason: "\(error)")
    }
  }

  /// Reads the compounds and their weights.
  public func read(task: LearningTask, _ files: ModelFiles) throws -> FittedRidge {
    if let flaw { throw ModelError.damaged(file: KernelProcess.file, reason: flaw) }
    let (process, scaling) = try KernelProcess.read(files, features: features)
    return FittedRidge(
      features: features, scaling: scaling, process: process,
      isClass: task.kind == .classification)
  }

  private var flaw: String? {
    features.flaw ?? (ridge > 0 && ridge.isFinite ? nil : "a ridge of \(ridge)")
  }
}

/// Compounds with weights.
public struct FittedRidge: FittedTask {
  let features: CompoundFeatures
  let scaling: DenseScaling
  let process: KernelProcess
  let isClass: Bool

  /// The weighted sum of similarities; for a class cut to a probability.
  public func output(for compounds: CompoundTable, using pool: WorkerPool) throws -> TaskOutput {
    let queries = try features.similarityRows(of: compounds, scaling: scaling, using: pool)
    let values = try process.predictions(for: queries, using: pool).map { $0.mean }
    // A regression on −1 and 1 knows no certainty, and goes beyond both.
    return TaskOutput(
      values: isClass ? values.map { min(max(($0 + 1) / 2, 0.01), 0.99) } : values)
  }

  /// The compounds and their weights.
  public func files() throws -> ModelFiles { try process.files(with: scaling) }
}
