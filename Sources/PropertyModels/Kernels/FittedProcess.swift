public import Parallelism

/// A Gaussian process that saw its labels.
public struct FittedProcess: FittedTask {
  let features: CompoundFeatures
  let scaling: DenseScaling
  let process: KernelProcess
  /// For classes, from the process to a probability.
  let squash: ProcessSquash?

  /// The mean with its deviation; for a class the probability, which holds the doubt itself.
  public func output(for compounds: CompoundTable, using pool: WorkerPool) throws -> TaskOutput {
    let queries = try features.similarityRows(of: compounds, scaling: scaling, using: pool)
    let predictions: [(mean: Double, variance: Double?)]
    do { predictions = try process.predictions(for: queries, using: pool) } catch {
      throw FittingError.numerics(family: GaussianProcess.name, reason: "\(error)")
    }
    if let squash {
      return TaskOutput(
        values: predictions.map { squash.probability(mean: $0.mean, variance: $0.variance ?? 0) })
    }
    let variances = predictions.compactMap { $0.variance }
    return TaskOutput(
      values: predictions.map { $0.mean },
      deviations: variances.count == predictions.count ? variances.map { $0.squareRoot() } : nil)
  }

  /// The compounds, their weights, the parameters.
  public func files() throws -> ModelFiles {
    var files = try process.files(with: scaling)
    if let squash { try files.add(json: squash, as: ProcessSquash.file) }
    return files
  }
}
