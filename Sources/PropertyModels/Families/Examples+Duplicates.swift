/// Labels of one structure that do not agree.
public struct Contradiction: Hashable, Sendable {
  /// The task.
  public let task: String
  /// The structure.
  public let smiles: String
  /// The rows, counted from 1.
  public let rows: [Int]
  /// What was measured in each row.
  public let values: [Double]
  /// What was kept; nil where the labels were dropped.
  public let kept: Double?
}

/// Labels with one row for each structure, where its first row stood.
///
/// Of numbers the median on the task's scale is kept, bounds give way to exact numbers and to the
/// bound that says most; of classes the more frequent one, and none where both are as frequent.
public struct MergedLabels: Sendable {
  /// The rows that are kept: the first of each structure.
  public let rows: [Int]
  /// For each task the label of each structure.
  public let labels: [[TaskLabel?]]
  /// For each structure all its rows.
  let groups: [[Int]]
  /// Labels that did not agree.
  public let contradictions: [Contradiction]

  /// Merges labels.
  /// - Parameter tolerance: how far apart numbers of one structure may lie on the task's scale before
  ///   they are called a contradiction, nil for the deviation of all its exact labels; they are
  ///   merged either way.
  public init(
    smiles: [String], tasks: [LearningTask], labels: [[TaskLabel?]], tolerance: Double? = nil
  ) {
    var groups: [[Int]] = []
    var places: [String: Int] = [:]
    for (row, smiles) in smiles.enumerated() {
      if let place = places[smiles] {
        groups[place].append(row)
      } else {
        places[smiles] = groups.count
        groups.append([row])
      }
    }
    var contradictions: [Contradiction] = []
    self.labels = zip(tasks, labels).map { task, column in
      let limit = tolerance ?? Self.deviation(column, task)
      return groups.map { rows -> TaskLabel? in
        let known = rows.compactMap { row in column[row].map { (row: row, label: $0) } }
        guard known.count > 1 else { return known.first?.label }
        let duplicates = DuplicateLabels(labels: known.map(\.label), task: task)
        if duplicates.isContradicting(tolerance: limit) {
          contradictions.append(
            Contradiction(
              task: task.name, smiles: smiles[rows[0]], rows: known.map { $0.row + 1 },
              values: known.map(\.label.value), kept: duplicates.merged?.value))
        }
        return duplicates.merged
      }
    }
    rows = groups.map { $0[0] }
    self.groups = groups
    self.contradictions = contradictions
  }

  private static func deviation(_ labels: [TaskLabel?], _ task: LearningTask) -> Double {
    let exact = labels.compactMap { $0?.relation == .equal ? $0?.value : nil }
      .filter { task.scale == .linear || $0 > 0 }
    return exact.isEmpty ? 0 : TaskScaling(of: exact, scale: task.scale).deviation
  }
}

extension Examples {
  /// The same examples with one row for each structure; weights of rows that become one are added.
  public func merged(
    tolerance: Double? = nil
  ) throws(FittingError) -> (examples: Examples, contradictions: [Contradiction]) {
    let merged = MergedLabels(
      smiles: (0..<compounds.count).map { compounds.smiles($0) }, tasks: tasks, labels: labels,
      tolerance: tolerance)
    let examples = try Examples(
      compounds: compounds.selecting(merged.rows), tasks: tasks, labels: merged.labels,
      weights: weights.map { weights in
        merged.groups.map { rows in rows.reduce(0) { $0 + weights[$1] } }
      })
    return (examples, merged.contradictions)
  }
}

/// Several labels of one structure for one task.
private struct DuplicateLabels {
  let labels: [TaskLabel]
  let task: LearningTask

  var merged: TaskLabel? {
    if task.kind == .classification {
      let actives = labels.count { $0.value == 1 }
      guard actives * 2 != labels.count else { return nil }
      return TaskLabel(actives * 2 > labels.count ? 1 : 0)
    }
    let exact = labels.filter { $0.relation == .equal }.map(\.value).sorted()
    if !exact.isEmpty {
      let middle = exact.count / 2
      if exact.count % 2 == 1 { return TaskLabel(exact[middle]) }
      // The middle of two on the task's scale: of a logarithm the geometric mean.
      let (low, high) = (exact[middle - 1], exact[middle])
      return TaskLabel(
        task.scale == .linear ? (low + high) / 2 : (low * high).squareRoot())
    }
    let (above, below) = (
      labels.filter { $0.relation == .above }.map(\.value).max(),
      labels.filter { $0.relation == .below }.map(\.value).min()
    )
    switch (above, below) {
    case (let above?, nil): return TaskLabel(above, .above)
    case (nil, let below?): return TaskLabel(below, .below)
    // Known to lie between two bounds, which one label cannot say.
    default: return nil
    }
  }

  func isContradicting(tolerance: Double) -> Bool {
    if task.kind == .classification { return Set(labels.map(\.value)).count > 1 }
    let scaling = TaskScaling(scale: task.scale, mean: 0, deviation: 1)
    let exact = labels.filter { $0.relation == .equal }.map { scaling.learnt($0.value) }
    let above = labels.filter { $0.relation == .above }.map { scaling.learnt($0.value) }.max()
    let below = labels.filter { $0.relation == .below }.map { scaling.learnt($0.value) }.min()
    let high = ([exact.max(), above] as [Double?]).compactMap { $0 }.max()
    let low = ([exact.min(), below] as [Double?]).compactMap { $0 }.min()
    guard let high, let low else { return false }
    return high - low > tolerance
  }
}
