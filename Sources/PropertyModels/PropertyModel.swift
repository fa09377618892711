public import Entities
import Featurization
public import Fingerprints
import Foundation
import NeuralNetworks
public import Parallelism
public import Tensors

/// A trained predictor of one endpoint: an ensemble of fingerprint networks, calibrated, with the
/// compounds it was trained on.
public struct PropertyModel: Sendable {
  /// What decides a prediction besides the weights and the measured compounds.
  public let description: ModelDescription
  /// The measured compounds and the reach of the model.
  public let domain: NeighbourhoodDomain
  let networks: [MultilayerPerceptron]
  private let predictors: [Predictor]

  init(
    description: ModelDescription, domain: NeighbourhoodDomain, networks: [MultilayerPerceptron]
  ) {
    self.description = description
    self.domain = domain
    self.networks = networks
    predictors = networks.map { Predictor($0) }
  }

  /// The best estimate for each row of features, in the endpoint's unit; the fast path of a screen.
  /// - Complexity: O(set features × first width) a row and network
  public func values(
    of features: SparseRows, using pool: WorkerPool = WorkerPool(threads: 1)
  ) -> [Float] {
    outputs(of: features, using: pool).map { row in
      let mean = row.reduce(0, +) / Double(row.count)
      return Float(description.scaling.value(mean))
    }
  }

  /// Estimates with their intervals, and the nearest measured compounds.
  /// - Parameters:
  ///   - features: shape `[rows, columns]`.
  ///   - fingerprints: of the same rows, of the domain's kind.
  public func predictions(
    of features: SparseRows, fingerprints: [Fingerprint], using pool: WorkerPool
  ) -> [ModelPrediction] {
    precondition(features.rows == fingerprints.count, "one fingerprint for each row of features")
    let nearest = domain.nearest(toEach: fingerprints, using: pool)
    return zip(outputs(of: features, using: pool), nearest).map { row, nearest in
      prediction(row, nearest)
    }
  }

  private func prediction(_ outputs: [Double], _ nearest: NearestMeasured) -> ModelPrediction {
    let ensemble = EnsembleOutput(outputs)
    // Rounded as in `values(of:)`, so that a score and a prediction are one number.
    let value = Double(Float(description.scaling.value(ensemble.mean)))
    let spread = ensemble.spread * description.scaling.deviation
    let distance = 1 - nearest.similarity
    let calibration = description.calibration
    let halfWidth = calibration.halfWidth(coverage: 0.9, spread: spread, distance: distance)
    let sigma = calibration.halfWidth(
      coverage: UncertaintyCalibration.oneSigma, spread: spread, distance: distance)
    return ModelPrediction(
      value: PredictedValue(
        value: value, uncertainty: sigma, lower: value - halfWidth, upper: value + halfWidth),
      nearest: nearest, inDomain: domain.contains(nearest))
  }

  /// Each network's standardised output, row by row.
  private func outputs(of features: SparseRows, using pool: WorkerPool) -> [[Double]] {
    let parts = predictors.map { $0.predict(FeatureRows(sparse: features), on: pool).elements }
    return (0..<features.rows).map { row in parts.map { Double($0[row]) } }
  }
}

/// One compound's prediction with its context.
public struct ModelPrediction: Hashable, Sendable {
  /// The estimate and its interval.
  public let value: PredictedValue
  /// The most similar measured compound.
  public let nearest: NearestMeasured
  /// Whether the compound lies in the model's domain.
  public let inDomain: Bool
}

/// The outputs of several networks for one row.
struct EnsembleOutput {
  let mean: Double
  /// The standard deviation between networks, with n in the divisor.
  let spread: Double

  init(_ outputs: [Double]) {
    let mean = outputs.reduce(0, +) / Double(outputs.count)
    let squares = outputs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    self.mean = mean
    spread = (squares / Double(outputs.count)).squareRoot()
  }
}
