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
