public import Featurization
import Foundation
import LinearAlgebra
import Statistics

/// A Gaussian process on the similarity of fingerprints, exact or, above a number of compounds, by
/// inducing compounds.
///
/// One variance for each part of the features and the noise are chosen by the marginal likelihood. For
/// classes it is the probabilistic least-squares classifier (Rasmussen & Williams 2006, 6.5).
public struct GaussianProcess: SingleTaskFamily {
  /// The stable name.
  public static let name = "gaussian-process"

  /// What similarity is measured on.
  ///
  /// Blocks of fingerprints and the reduced graph by their shared counts; properties by distance.
  public var features: CompoundFeatures
  /// The most compounds on which the variances are chosen; of more, a random part.
  public var likelihoodRows: Int
  /// The most compounds that are all kept; with n compounds the memory is 16 n² bytes.
  public var exactRows: Int
  /// With more compounds, how many stand for all.
  public var inducingRows: Int

  /// Creates the settings.
  public init(
    features: CompoundFeatures = CompoundFeatures(fingerprints: .fourCounts),
    likelihoodRows: Int = 1_000, exactRows: Int = 10_000,
    inducingRows: Int = 1_500
  ) {
    self.features = features
    self.likelihoodRows = likelihoodRows
    self.exactRows = exactRows
    self.inducingRows = inducingRows
  }

  var flaw: String? {
    if let flaw = features.flaw { return flaw }
    if likelihoodRows < 2 { return "\(likelihoodRows) compounds to choose the variances on" }
    if exactRows < 2 || exactRows > 20_000 { return "\(exactRows) compounds that are all kept" }
    return (2...20_000).contains(inducingRows) ? nil : "\(inducingRows) inducing compounds"
  }

  /// Chooses the variances and solves for the labels.
  public func fit(
    task examples: TaskExamples, in context: TrainingContext
  ) throws -> FittedProcess {
    try examples.refusingBounds(for: Self.name)
    if let flaw { throw FittingError.settings(family: Self.name, reason: flaw) }
    let scaling = try DenseScaling(
      of: features.trulyDense, in: examples.compounds, using: context.pool)
    let rows = try features.similarityRows(
      of: examples.compounds, scaling: scaling, using: context.pool)
    let isClass = examples.task.kind == .classification
    // Of classes the labels are −1 and 1.
    let targets = isClass ? examples.targets.map { 2 * $0 - 1 } : examples.targets
    let labels = ProcessLabels(
      rows: rows, targets: targets, noiseScales: examples.weights.map { 1 / $0 })
    do {
      let (parameters, subset) = try choose(labels, context)
      try context.check()
      context.progress(0.6)
      let process =
        rows.count <= exactRows
        ? try exact(labels, parameters, context) : try inducing(labels, parameters, context)
      let squash = isClass ? ProcessSquash(fitting: process.leaveOneOut ?? subset) : nil
      return FittedProcess(
        features: features, scaling: scaling, process: process.process, squash: squash)
    } catch let error as LinearAlgebraError {
      throw FittingError.numerics(family: Self.name, reason: "\(error)")
    }
  }

  /// The variances that explain the labels best, and what each label of the part is said to be
  /// without it.
  private func choose(
    _ labels: ProcessLabels, _ context: TrainingContext
  ) throws -> (KernelParameters, [LeftOut]) {
    var generator = Xoshiro256(seed: context.seed)
    let chosen = generator.drawOrder(of: labels.rows.count).prefix(likelihoodRows).sorted()
    let part = labels.selecting(chosen)
    let index = SimilarityIndex(part.rows, SimilarityLayout(features))
    let blocks = (0..<index.layout.parts).map { block in
      var weights = [Double](repeating: 0, count: index.layout.parts)
      weights[block] = 1
      return index.kernel(part.rows, weights: weights, using: context.pool)
    }
    let likelihood = MarginalLikelihood(
      blocks: blocks, targets: part.targets, noiseScales: part.noiseScales)
    let best = LimitedMemoryBFGS(steps: 40, tolerance: 1e-3).minimum(from: likelihood.start) {
      context.shouldStop() ? nil : likelihood.negative(at: $0)
    }
    try context.check()
    guard let best, let solution = likelihood.solution(at: best.place) else {
      throw LinearAlgebraError.notFinite
    }
    return (
      likelihood.parameters(at: best.place, mean: solution.mean),
      LeftOut.all(solution, part.targets)
    )
  }

  private func exact(
    _ labels: ProcessLabels, _ parameters: KernelParameters, _ context: TrainingContext
  ) throws -> (process: KernelProcess, leaveOneOut: [LeftOut]?) {
    let index = SimilarityIndex(labels.rows, SimilarityLayout(features))
    let kernel = index.kernel(labels.rows, weights: parameters.variances, using: context.pool)
    let solution = try ProcessSolution(
      kernel: kernel, targets: labels.targets,
      noise: labels.noiseScales.map { $0 * parameters.noise })
    var parameters = parameters
    parameters.mean = solution.mean
    let process = KernelProcess(
      parameters: parameters, rows: labels.rows, index: index,
      weights: DoublePrecision.kept(solution.weights),
      doubt: .exact(noiseScales: labels.noiseScales), inverse: solution.inverse)
    return (process, LeftOut.all(solution, labels.targets))
  }

  private func inducing(
    _ labels: ProcessLabels, _ parameters: KernelParameters, _ context: TrainingContext
  ) throws -> (process: KernelProcess, leaveOneOut: [LeftOut]?) {
    var generator = Xoshiro256(seed: context.seed &+ 1)
    let chosen = generator.drawOrder(of: labels.rows.count).prefix(inducingRows).sorted()
    let points = chosen.map { labels.rows[$0] }
    let index = SimilarityIndex(points, SimilarityLayout(features))
    let sparse = try InducingSolution(labels, index, points, parameters, context)
    let process = KernelProcess(
      parameters: parameters, rows: points, index: index,
      weights: DoublePrecision.kept(sparse.weights),
      doubt: .inducing(gain: sparse.gain), inverse: nil)
    return (process, nil)
  }

  /// Reads a process.
  public func read(task: LearningTask, _ files: ModelFiles) throws -> FittedProcess {
    if let flaw { throw ModelError.damaged(file: KernelProcess.file, reason: flaw) }
    let isClass = task.kind == .classification
    let (process, scaling) = try KernelProcess.read(files, features: features)
    return FittedProcess(
      features: features, scaling: scaling, process: process,
      squash: isClass ? try ProcessSquash(reading: files) : nil)
  }
}

/// The compounds and labels a process learns from.
struct ProcessLabels {
  let rows: [SimilarityRow]
  let targets: [Double]
  /// The noise of each label, as a multiple of the common one.
  let noiseScales: [Double]

  func selecting(_ chosen: [Int]) -> ProcessLabels {
    ProcessLabels(
      rows: chosen.map { rows[$0] }, targets: chosen.map { targets[$0] },
      noiseScales: chosen.map { noiseScales[$0] })
  }
}
