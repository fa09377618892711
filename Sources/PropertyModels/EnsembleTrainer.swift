public import Featurization
public import Fingerprints
import Foundation
public import NeuralNetworks
public import Parallelism
public import Tensors

/// One network to be trained: which rows it may see, and its seed.
public struct MemberJob: Hashable, Sendable {
  /// The fold it must not see; nil for a member of the final ensemble.
  public let fold: Int?
  /// Its place among the networks of that fold.
  public let number: Int
  /// Decides its weights, order of rows and dropout.
  public let seed: UInt64

  /// A name that no other job of the training has.
  public var name: String { "\(fold.map { "fold-\($0)" } ?? "final")-\(number)" }
}

/// Trains an ensemble and the networks that calibrate it.
///
/// Every network is trained by one thread from its own seed, so the number of threads decides only
/// when each is ready, never what it is.
public struct EnsembleTrainer: Sendable {
  let settings: EnsembleSettings
  let features: SparseRows
  let compounds: [MeasuredCompound]
  let fingerprints: FingerprintArena
  let scaling: ValueScaling
  /// The fold of each row.
  let folds: [Int]

  /// Prepares a training on rows of features with their compounds.
  public init(
    settings: EnsembleSettings, features: SparseRows, fingerprints: FingerprintArena,
    compounds: [MeasuredCompound]
  ) {
    precondition(features.rows == compounds.count, "one row of features for each compound")
    precondition(compounds.count >= settings.folds, "fewer compounds than folds")
    self.settings = settings
    self.features = features
    self.compounds = compounds
    self.fingerprints = fingerprints
    scaling = ValueScaling(of: compounds.map(\.value))
    folds = Self.folds(of: compounds.count, settings)
  }

  /// All networks of the training, those of the final ensemble first.
  public var jobs: [MemberJob] {
    var jobs: [MemberJob] = []
    for number in 0..<settings.members {
      jobs.append(MemberJob(fold: nil, number: number, seed: settings.seed &+ UInt64(number)))
    }
    for fold in 0..<settings.folds {
      for number in 0..<settings.membersPerFold {
        let seed = settings.seed &+ UInt64(1_000 + fold * 100 + number)
        jobs.append(MemberJob(fold: fold, number: number, seed: seed))
      }
    }
    return jobs
  }

  /// Trains one network; nil when told to stop.
  public func train(
    _ job: MemberJob, shouldStop: @Sendable () -> Bool = { false }
  ) -> MultilayerPerceptron? {
    let rows =
      job.fold.map { fold in folds.indices.filter { folds[$0] != fold } }
      ?? Array(folds.indices)
    let inputs = FeatureRows(sparse: features.selecting(rows))
    let targets = Targets(rows.map { Float(scaling.output(compounds[$0].value)) })
    let plan = TrainingPlan(
      epochs: settings.epochs, batchSize: settings.batchSize, loss: .squared,
      learningRate: settings.learningRate, schedule: .warmUpCosine(warmUp: 0.05, last: 0.01),
      weightDecay: .decoupled(settings.weightDecay), seed: job.seed)
    let network = MultilayerPerceptron(
      settings.architecture, seed: job.seed, squaredLength: inputs.sparse.meanSquaredLength)
    var trainer = Trainer(network, plan: plan)
    let examples = Trainer<MultilayerPerceptron>.Examples(inputs, targets)
    while !trainer.isFinished {
      if shouldStop() { return nil }
      trainer.runEpoch(on: examples)
    }
    return trainer.result
  }

  /// Puts trained networks together: calibrates on the folds, measures the domain.
  ///
  /// - Parameter networks: in the order of ``jobs``.
  public func assemble(
    _ networks: [MultilayerPerceptron], endpoint: ModelEndpoint, using pool: WorkerPool
  ) -> PropertyModel {
    precondition(networks.count == jobs.count, "one network for each job")
    let heldOut = (0..<settings.folds).flatMap { fold in
      self.heldOut(fold, zip(jobs, networks).filter { $0.0.fold == fold }.map(\.1), pool)
    }
    let domain = NeighbourhoodDomain(
      compounds: compounds, fingerprints: fingerprints, using: pool)
    let description = ModelDescription(
      endpoint: endpoint.name, unit: endpoint.unit, higherIsBetter: endpoint.higherIsBetter,
      preparation: endpoint.preparation, settings: settings, scaling: scaling,
      calibration: UncertaintyCalibration(fitting: heldOut), domainThreshold: domain.threshold)
    return PropertyModel(
      description: description, domain: domain,
      networks: Array(networks.prefix(settings.members)))
  }

  private func heldOut(
    _ fold: Int, _ networks: [MultilayerPerceptron], _ pool: WorkerPool
  ) -> [UncertaintyCalibration.HeldOut] {
    let inside = folds.indices.filter { folds[$0] != fold }
    let outside = folds.indices.filter { folds[$0] == fold }
    let input = FeatureRows(sparse: features.selecting(outside))
    let outputs = networks.map { Predictor($0).predict(input, on: pool).elements }
    let seen = FingerprintArena(
      bitCount: fingerprints.bitCount, inside.map { fingerprints[$0] })
    let nearest = seen.nearest(
      toEach: outside.map { fingerprints[$0] }, count: 1, using: pool)
    return outside.indices.map { index in
      let ensemble = EnsembleOutput(outputs.map { Double($0[index]) })
      return UncertaintyCalibration.HeldOut(
        error: compounds[outside[index]].value - scaling.value(ensemble.mean),
        spread: ensemble.spread * scaling.deviation,
        distance: 1 - (nearest[index].first?.similarity ?? 0))
    }
  }

  /// A seeded assignment of rows to folds of equal size.
  private static func folds(of count: Int, _ settings: EnsembleSettings) -> [Int] {
    var source = RandomSource(seed: settings.seed &+ 77)
    let order = source.permutation(count)
    var folds = [Int](repeating: 0, count: count)
    for (place, row) in order.enumerated() { folds[row] = place % settings.folds }
    return folds
  }
}

/// What a model predicts, and how structures were prepared for it.
public struct ModelEndpoint: Hashable, Sendable {
  /// The endpoint's name, such as `pKi`.
  public var name: String
  /// Its unit.
  public var unit: String
  /// Whether a higher value is the better one.
  public var higherIsBetter: Bool
  /// How structures become compounds.
  public var preparation: CompoundPreparation

  /// Describes an endpoint.
  public init(
    name: String, unit: String, higherIsBetter: Bool,
    preparation: CompoundPreparation = CompoundPreparation()
  ) {
    self.name = name
    self.unit = unit
    self.higherIsBetter = higherIsBetter
    self.preparation = preparation
  }
}
