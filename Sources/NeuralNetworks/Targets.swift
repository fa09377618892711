public import Tensors

/// What a network is trained towards: one value for each row and task, and how much it counts.
public struct Targets: Hashable, Sendable {
  /// The values, shape `[rows, tasks]`; anything finite where the weight is 0.
  public let values: Tensor
  /// How much each value counts, shape `[rows, tasks]`; 0 for a missing one, nil for all alike.
  public let weights: Tensor?
  /// Which values are bounds, shape `[rows, tasks]`: 1 where the truth is at least the value, −1
  /// where it is at most that, else 0; nil for none.
  public let bounds: Tensor?

  /// Takes values, weights and bounds; values must be finite, weights not negative.
  public init(values: Tensor, weights: Tensor? = nil, bounds: Tensor? = nil) {
    precondition(bounds.map { $0.shape == values.shape } ?? true, "bounds unlike values")
    precondition(bounds.map { $0.elements.allSatisfy { abs($0) == 1 || $0 == 0 } } ?? true)
    precondition(weights.map { $0.shape == values.shape } ?? true, "weights unlike values")
    precondition(values.isFinite, "a target that is not finite: give it the weight 0 instead")
    precondition(weights.map { $0.elements.allSatisfy { $0 >= 0 && $0.isFinite } } ?? true)
    self.values = values
    self.weights = weights
    self.bounds = bounds
  }

  /// One task, every row known.
  public init(_ values: [Float]) { self.init(values: Tensor([values.count, 1], values)) }

  /// Several tasks, nil for a missing label; the rows must be of one length.
  public init(_ rows: [[Float?]]) {
    let tasks = rows.first?.count ?? 0
    precondition(rows.allSatisfy { $0.count == tasks }, "rows with different numbers of tasks")
    let all = rows.flatMap { $0 }
    let shape: Shape = [rows.count, tasks]
    let weights = all.map { $0 == nil ? Float(0) : 1 }
    self.init(
      values: Tensor(shape, all.map { $0 ?? 0 }),
      weights: all.contains { $0 == nil } ? Tensor(shape, weights) : nil)
  }

  /// How many rows.
  public var rows: Int { values.rows }

  /// How many tasks.
  public var tasks: Int { values.columns }

  /// The sum of all weights.
  var totalWeight: Double {
    weights.map { $0.elements.reduce(0.0) { $0 + Double($1) } } ?? Double(values.count)
  }

  /// The rows with these numbers, in this order.
  public func selecting(_ chosen: some Collection<Int>) -> Targets {
    Targets(
      values: values.selectingRows(chosen), weights: weights?.selectingRows(chosen),
      bounds: bounds?.selectingRows(chosen))
  }
}
