/// Compounds with what was measured of them; what a recipe is trained on.
///
/// Everything that makes learning impossible is found here, before any work is done.
public struct Examples: Sendable {
  /// The fewest labels of a task that anything is learnt from.
  public static let fewestLabels = 5

  /// The compounds.
  public let compounds: CompoundTable
  /// What was measured.
  public let tasks: [LearningTask]
  /// For each task the label of each compound; nil for a missing one.
  public let labels: [[TaskLabel?]]
  /// How much each compound counts, positive; nil for all alike.
  public let weights: [Double]?

  /// Puts compounds and labels together and checks them.
  public init(
    compounds: CompoundTable, tasks: [LearningTask], labels: [[TaskLabel?]],
    weights: [Double]? = nil
  ) throws(FittingError) {
    guard !tasks.isEmpty else { throw .shape("there is no task to learn") }
    guard tasks.count == labels.count else {
      throw .shape("\(tasks.count) tasks, but \(labels.count) columns of labels")
    }
    if let weights {
      guard weights.count == compounds.count else {
        throw .shape("\(compounds.count) compounds, but \(weights.count) weights")
      }
      guard weights.allSatisfy({ $0 > 0 && $0.isFinite }) else {
        throw .shape("a weight is not a positive number")
      }
    }
    for (task, column) in zip(tasks, labels) {
      guard column.count == compounds.count else {
        throw .shape("\(compounds.count) compounds, but \(column.count) labels of \(task.name)")
      }
      try Self.check(column, task)
    }
    self.compounds = compounds
    self.tasks = tasks
    self.labels = labels
    self.weights = weights
  }

  /// One task, every compound labelled.
  public init(
    smiles: [String], values: [Double], task: LearningTask
  ) throws(FittingError) {
    try self.init(
      compounds: CompoundTable(smiles: smiles), tasks: [task],
      labels: [values.map { TaskLabel($0) }])
  }

  private static func check(
    _ column: [TaskLabel?], _ task: LearningTask
  ) throws(FittingError) {
    for (row, label) in column.enumerated() {
      guard let label else { continue }
      guard label.value.isFinite else { throw .notFinite(task: task.name, row: row + 1) }
      switch task.kind {
      case .classification:
        guard label.value == 0 || label.value == 1 else {
          throw .notAClass(task: task.name, row: row + 1, value: label.value)
        }
        guard label.relation == .equal else {
          throw .boundedClass(task: task.name, row: row + 1)
        }
      case .regression:
        guard task.scale == .linear || label.value > 0 else {
          throw .notPositive(task: task.name, row: row + 1, value: label.value)
        }
      }
    }
    let known = column.compactMap { $0 }
    guard known.count >= fewestLabels else {
      throw .tooFew(task: task.name, labels: known.count, needed: fewestLabels)
    }
    guard Set(known.map(\.value)).count > 1 else {
      throw task.kind == .regression ? .constant(task: task.name) : .oneClass(task: task.name)
    }
  }

  /// How each task's labels are scaled for learning.
  public var scalings: [TaskScaling] {
    zip(tasks, labels).map { task, column in
      task.kind == .classification
        ? .none : TaskScaling(of: column.compactMap { $0?.value }, scale: task.scale)
    }
  }

  /// The same examples as families learn from them: regressions scaled.
  func trainingSet(_ scalings: [TaskScaling]) -> TrainingSet {
    let columns = zip(labels, scalings).map { column, scaling in
      column.map { $0.map { TaskLabel(scaling.learnt($0.value), $0.relation) } }
    }
    return TrainingSet(compounds: compounds, tasks: tasks, labels: columns, weights: weights)
  }
}
