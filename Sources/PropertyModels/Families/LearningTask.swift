import Foundation

/// One thing to be predicted of every compound.
public struct LearningTask: Codable, Hashable, Sendable {
  /// What kind of labels it has.
  public enum Kind: String, Codable, CaseIterable, Hashable, Sendable {
    /// Numbers.
    case regression
    /// 0 for inactive, 1 for active; predicted is the probability of 1.
    case classification
  }

  /// The scale on which numbers are learnt.
  public enum Scale: String, Codable, Hashable, Sendable {
    /// As they are.
    case linear
    /// Their logarithm to base 10, for numbers that spread over orders of magnitude.
    case logarithmic
  }

  /// The name, such as `pKi`.
  public var name: String
  /// The unit of the numbers; `1` for none.
  public var unit: String
  /// What kind of labels it has.
  public var kind: Kind
  /// The scale on which numbers are learnt; without meaning for classes.
  public var scale: Scale
  /// Whether more is better, which decides what a screen looks for.
  public var higherIsBetter: Bool
  /// Whether both classes weigh the same in training, however rare one of them is.
  public var balancesClasses: Bool

  /// Describes a task.
  public init(
    name: String, unit: String = "1", kind: Kind = .regression, scale: Scale = .linear,
    higherIsBetter: Bool = true, balancesClasses: Bool = false
  ) {
    self.name = name
    self.unit = unit
    self.kind = kind
    self.scale = scale
    self.higherIsBetter = higherIsBetter
    self.balancesClasses = balancesClasses
  }
}

/// One measured label.
public struct TaskLabel: Codable, Hashable, Sendable {
  /// How the true value lies to the number.
  public enum Relation: String, Codable, Hashable, Sendable {
    /// Measured exactly.
    case equal = "="
    /// Below the number: it is an upper bound.
    case below = "<"
    /// Above the number: it is a lower bound.
    case above = ">"
  }

  /// The number, in the task's unit; 0 or 1 for a class.
  public var value: Double
  /// How the true value lies to it.
  public var relation: Relation

  /// Creates a label.
  public init(_ value: Double, _ relation: Relation = .equal) {
    self.value = value
    self.relation = relation
  }
}

/// How a regression's numbers become the numbers a family learns: about 0, of about unit variance.
///
/// Measured on the training set alone.
public struct TaskScaling: Codable, Hashable, Sendable {
  /// Whether the logarithm is taken first.
  public let scale: LearningTask.Scale
  /// What is subtracted.
  public let mean: Double
  /// What is divided by.
  public let deviation: Double

  /// For classes: nothing is changed.
  public static let none = TaskScaling(scale: .linear, mean: 0, deviation: 1)

  /// Wraps known numbers.
  public init(scale: LearningTask.Scale, mean: Double, deviation: Double) {
    precondition(deviation > 0, "a scaling by \(deviation)")
    self.scale = scale
    self.mean = mean
    self.deviation = deviation
  }

  /// Measures numbers that are not all equal.
  init(of values: [Double], scale: LearningTask.Scale) {
    let learnt = values.map { Self.onScale($0, scale) }
    let scaling = ValueScaling(of: learnt)
    self.init(scale: scale, mean: scaling.mean, deviation: scaling.deviation)
  }

  /// A number as it is learnt.
  public func learnt(_ value: Double) -> Double {
    (Self.onScale(value, scale) - mean) / deviation
  }

  /// A learnt number in the task's unit.
  public func value(_ learnt: Double) -> Double {
    let number = mean + deviation * learnt
    return scale == .linear ? number : pow(10, number)
  }

  private static func onScale(_ value: Double, _ scale: LearningTask.Scale) -> Double {
    scale == .linear ? value : log10(value)
  }
}
