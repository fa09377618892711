import Foundation
public import Parallelism

/// The same answer for every compound: what any model must beat.
public struct Dummy: SingleTaskFamily {
  /// The stable name.
  public static let name = "dummy"

  /// Which constant answers.
  public enum Constant: String, Codable, Hashable, Sendable {
    /// The mean, best by squared error; of classes the share of actives.
    case mean
    /// The median, best by absolute error; of classes the more frequent one.
    case median
  }

  /// Which constant answers.
  public var constant: Constant

  /// Creates the settings.
  public init(_ constant: Constant = .mean) { self.constant = constant }

  /// Measures the constant; bounds count as the numbers they are.
  public func fit(task examples: TaskExamples, in context: TrainingContext) -> FittedDummy {
    let (targets, weights) = (examples.targets, examples.weights)
    let total = weights.reduce(0, +)
    let mean = zip(targets, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
    let squares = zip(targets, weights).reduce(0) { $0 + ($1.0 - mean) * ($1.0 - mean) * $1.1 }
    let value = constant == .mean ? mean : Self.median(targets, weights)
    return FittedDummy(value: value, deviation: (squares / total).squareRoot())
  }

  /// The lowest target that half of the weight does not exceed.
  private static func median(_ targets: [Double], _ weights: [Double]) -> Double {
    let order = targets.indices.sorted { targets[$0] < targets[$1] }
    let half = weights.reduce(0, +) / 2
    var sum = 0.0
    for (place, row) in order.enumerated() {
      sum += weights[row]
      // Exactly half: the middle between this target and the next, as for an even count.
      if abs(sum - half) < 1e-9 * half, place + 1 < order.count {
        return (targets[row] + targets[order[place + 1]]) / 2
      }
      if sum > half { return targets[row] }
    }
    return targets[order[order.count - 1]]
  }

  /// Reads the constant.
  public func read(task: LearningTask, _ files: ModelFiles) throws -> FittedDummy {
    let dummy = try files.json(FittedDummy.file, as: FittedDummy.self)
    guard dummy.value.isFinite, dummy.deviation >= 0 else {
      throw ModelError.damaged(file: FittedDummy.file, reason: "its numbers are none")
    }
    return dummy
  }
}

/// A constant.
public struct FittedDummy: FittedTask, Codable, Hashable {
  static let file = "constant.json"
  /// The answer, on the learnt scale.
  public let value: Double
  /// The standard deviation of the labels about their mean.
  public let deviation: Double

  /// The constant, for every compound.
  public func output(for compounds: CompoundTable, using pool: WorkerPool) -> TaskOutput {
    TaskOutput(
      values: [Double](repeating: value, count: compounds.count),
      deviations: [Double](repeating: deviation, count: compounds.count))
  }

  /// The constant as JSON.
  public func files() throws -> ModelFiles {
    var files = ModelFiles()
    try files.add(json: self, as: Self.file)
    return files
  }
}
