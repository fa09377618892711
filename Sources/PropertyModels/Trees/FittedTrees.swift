import GradientBoosting
public import Parallelism

/// Sets of trees whose mean answers.
public struct FittedTrees: FittedTask {
  private let trees: [BoostedTrees]
  private let features: CompoundFeatures
  private let kind: LearningTask.Kind
  private let isForest: Bool

  init(trees: [BoostedTrees], features: CompoundFeatures, kind: LearningTask.Kind, isForest: Bool) {
    self.trees = trees
    self.features = features
    self.kind = kind
    self.isForest = isForest
  }

  /// Reads each set from XGBoost's own JSON.
  init(
    reading files: ModelFiles, members: Int, features: CompoundFeatures, kind: LearningTask.Kind,
    isForest: Bool
  ) throws {
    guard (1...1_000).contains(members) else {
      throw ModelError.damaged(file: TrainedModel.manifestFile, reason: "\(members) members")
    }
    if let flaw = features.flaw {
      throw ModelError.damaged(file: TrainedModel.manifestFile, reason: flaw)
    }
    self.features = features
    self.kind = kind
    self.isForest = isForest
    trees = try (0..<members).map { member in
      let name = Self.file(member)
      do {
        let trees = try BoostedTrees(decoding: try files.data(name))
        guard trees.columns == features.columns else {
          throw BoostingError.model("\(trees.columns) columns, not \(features.columns)")
        }
        let isLogistic = kind == .classification && !isForest
        guard (trees.objective == "binary:logistic") == isLogistic else {
          throw BoostingError.model("its objective is \(trees.objective)")
        }
        return trees
      } catch let error as BoostingError {
        throw ModelError.damaged(file: name, reason: "\(error)")
      }
    }
  }

  private static func file(_ member: Int) -> String { "trees-\(member).json" }

  /// The mean over the members; of a forest with the deviation between its trees, of several members
  /// with that between them.
  public func output(for compounds: CompoundTable, using pool: WorkerPool) throws -> TaskOutput {
    let matrix = try features.matrix(of: compounds, using: pool)
    let step = 64
    let pieces = (matrix.rows + step - 1) / step
    let parts = pool.map(pieces) { piece in
      answers(matrix, piece * step..<min(matrix.rows, (piece + 1) * step))
    }
    let all = parts.flatMap { $0 }
    let deviations = all.compactMap { $0.deviation }
    return TaskOutput(
      values: all.map { $0.value },
      deviations: deviations.count == all.count ? deviations : nil)
  }

  private func answers(
    _ matrix: FeatureMatrix, _ rows: Range<Int>
  ) -> [(value: Double, deviation: Double?)] {
    if isForest, let forest = trees.first {
      return forest.spreads(of: matrix, rows: rows).map { mean, deviation in
        // A share of actives; rounding may take it a hair out.
        kind == .classification ? (min(max(mean, 0), 1), nil) : (mean, deviation)
      }
    }
    let members = trees.map { $0.margins(of: matrix, rows: rows) }
    return rows.map { row in
      let outputs = EnsembleOutput(
        members.map {
          let margin = $0[row - rows.lowerBound]
          return kind == .classification ? BoostedTrees.probability(margin) : Double(margin)
        })
      return (outputs.mean, members.count > 1 ? outputs.spread : nil)
    }
  }

  /// Each set as XGBoost's own JSON.
  public func files() throws -> ModelFiles {
    var files = ModelFiles()
    for (member, trees) in trees.enumerated() { files.add(trees.json, as: Self.file(member)) }
    return files
  }
}
