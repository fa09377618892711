public import Featurization
import Fingerprints
import Molecules

/// What decides a model's predictions besides its weights and its measured compounds.
public struct ModelDescription: Codable, Hashable, Sendable {
  /// The endpoint's name, such as `pKi`.
  public var endpoint: String
  /// Its unit.
  public var unit: String
  /// Whether a higher value is the better one.
  public var higherIsBetter: Bool
  /// How structures become compounds.
  public var preparation: CompoundPreparation
  /// How the networks were made.
  public var settings: EnsembleSettings
  /// How networks' outputs become values.
  public var scaling: ValueScaling
  /// How doubt becomes intervals.
  public var calibration: UncertaintyCalibration
  /// The least similarity to a measured compound inside the applicability domain.
  public var domainThreshold: Double

  /// Whether a description that was read from a file can be computed with.
  var isUsable: Bool {
    (1...1_000).contains(settings.members) && !settings.hidden.isEmpty
      && settings.hidden.allSatisfy { (1...65_536).contains($0) }
      && !settings.features.blocks.isEmpty
      && settings.features.blocks.allSatisfy {
        (1...Fingerprint.maximumBitCount).contains($0.algorithm.bitCount)
      }
      && !calibration.ratios.isEmpty
  }
}

/// Values brought to zero mean and unit variance for training, by the training set's own numbers.
public struct ValueScaling: Codable, Hashable, Sendable {
  /// The training set's mean, in the endpoint's unit.
  public let mean: Double
  /// The training set's standard deviation; 1 where all values are equal.
  public let deviation: Double

  /// Measures the training set.
  public init(of values: [Double]) {
    precondition(!values.isEmpty, "scaling needs values")
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    self.mean = mean
    let deviation = (squares / Double(values.count)).squareRoot()
    self.deviation = deviation > 0 ? deviation : 1
  }

  /// A network's output in the endpoint's unit.
  public func value(_ output: Double) -> Double { mean + deviation * output }
  /// A value as a network is to give it.
  public func output(_ value: Double) -> Double { (value - mean) / deviation }
}
