/// Examples as a family learns from them: the numbers of a regression have about zero mean and unit
/// variance over the whole training set; a part of it may have others.
public struct TrainingSet: Sendable {
  /// The compounds.
  public let compounds: CompoundTable
  /// What was measured.
  public let tasks: [LearningTask]
  /// For each task the label of each compound; nil for a missing one.
  public let labels: [[TaskLabel?]]
  /// How much each compound counts; nil for all alike.
  public let weights: [Double]?

  /// How many compounds.
  public var count: Int { compounds.count }

  /// The rows with these numbers, in this order.
  public func selecting(_ rows: [Int]) -> TrainingSet {
    TrainingSet(
      compounds: compounds.selecting(rows), tasks: tasks,
      labels: labels.map { column in rows.map { column[$0] } },
      weights: weights.map { weights in rows.map { weights[$0] } })
  }

  /// One task with the rows that have a label for it.
  public func task(_ number: Int) throws(FittingError) -> TaskExamples {
    let rows = labels[number].indices.filter { labels[number][$0] != nil }
    return try TaskExamples(
      task: tasks[number], compounds: compounds.selecting(rows),
      labels: labels[number].compactMap { $0 },
      weights: weights.map { weights in rows.map { weights[$0] } })
  }

  /// For each row a number that rows with like labels share, so that folds can be drawn evenly.
  var strata: [Int] {
    var numbers: [[Int]: Int] = [:]
    return (0..<count).map { row in
      let signature = zip(tasks, labels).map { task, column -> Int in
        guard let label = column[row] else { return -1 }
        return task.kind == .classification ? Int(label.value) : 0
      }
      let number = numbers[signature] ?? numbers.count
      numbers[signature] = number
      return number
    }
  }
}

/// One task and the compounds that have a label for it.
public struct TaskExamples: Sendable {
  /// The task.
  public let task: LearningTask
  /// The compounds.
  public let compounds: CompoundTable
  /// What is learnt: a scaled number or a class, one for each compound.
  public let targets: [Double]
  /// How the true values lie to the targets; nil where all are exact.
  public let relations: [TaskLabel.Relation]?
  /// How much each compound counts, on the mean 1: weights of rows and of classes together.
  public let weights: [Double]

  init(
    task: LearningTask, compounds: CompoundTable, labels: [TaskLabel], weights given: [Double]?
  ) throws(FittingError) {
    self.task = task
    self.compounds = compounds
    targets = labels.map(\.value)
    let relations = labels.map(\.relation)
    self.relations = relations.allSatisfy { $0 == .equal } ? nil : relations
    let values = Set(targets)
    guard !targets.isEmpty else { throw .tooFew(task: task.name, labels: 0, needed: 1) }
    guard values.count > 1 else {
      throw task.kind == .regression ? .constant(task: task.name) : .oneClass(task: task.name)
    }
    var weights = given ?? [Double](repeating: 1, count: labels.count)
    if task.kind == .classification, task.balancesClasses {
      let total = weights.reduce(0, +)
      var active = 0.0
      for (target, weight) in zip(targets, weights) where target == 1 { active += weight }
      for row in targets.indices {
        weights[row] *= total / (2 * (targets[row] == 1 ? active : total - active))
      }
    }
    let scale = Double(weights.count) / weights.reduce(0, +)
    self.weights = weights.map { $0 * scale }
  }

  /// Refuses bounds, for a family that does not learn from them.
  func refusingBounds(for family: String) throws(FittingError) {
    if relations != nil { throw .censored(family: family, task: task.name) }
  }
}
