/// What a fitted model says of some compounds for one task.
public struct TaskOutput: Codable, Hashable, Sendable {
  /// The estimates: numbers on the learnt scale, or probabilities of class 1.
  public var values: [Double]
  /// How unsure the model is of each, on the scale of the values and not calibrated; nil where the
  /// family has no opinion.
  public var deviations: [Double]?

  /// Creates an output.
  public init(values: [Double], deviations: [Double]? = nil) {
    precondition(deviations.map { $0.count == values.count } ?? true, "a deviation for each value")
    self.values = values
    self.deviations = deviations
  }

  /// The answers to the compounds with these numbers.
  public func selecting(_ rows: [Int]) -> TaskOutput {
    TaskOutput(
      values: rows.map { values[$0] }, deviations: deviations.map { all in rows.map { all[$0] } })
  }
}
