public import Parallelism
import Synchronization

/// A kind of model with its settings: what can be trained, asked, written and read again.
///
/// All families are alike to those who use them: the comparison of models, stacking and the command
/// line. To add one: a file with its settings and its fit, one with the fitted model, a line in
/// ``ModelFamilies``, a test.
public protocol ModelFamily: Codable, Hashable, Sendable {
  /// A trained model of this family.
  associatedtype Fitted: FittedModel

  /// The name in recipes, model folders and tables; it never changes.
  static var name: String { get }

  /// Trains on every task of a set.
  ///
  /// The same set, settings and seed give the same model, whatever the threads.
  func fit(_ set: TrainingSet, in context: TrainingContext) throws -> Fitted

  /// Trains, and predicts each compound of the set by a model that did not see it.
  ///
  /// - Parameter folds: the fold of each row.
  func fit(
    _ set: TrainingSet, holdingOut folds: [Int], in context: TrainingContext
  ) throws -> HeldOutFit<Fitted>

  /// Reads a model that was written; nothing in the files is trusted.
  func read(_ files: ModelFiles, tasks: [LearningTask]) throws -> Fitted
}

/// A trained model of any family.
public protocol FittedModel: Sendable {
  /// What it says of compounds, one output for each task.
  ///
  /// A compound's output depends on that compound alone, not on its company or the threads.
  func outputs(for compounds: CompoundTable, using pool: WorkerPool) throws -> [TaskOutput]

  /// Everything needed to read it again, besides its family's settings.
  func files() throws -> ModelFiles
}

/// A model of all rows, and what models that did not see a row say of it.
public struct HeldOutFit<Fitted: FittedModel>: Sendable {
  /// Trained on all rows.
  public let model: Fitted
  /// One output for each task, over all rows of the set.
  public let heldOut: [TaskOutput]
}

extension ModelFamily {
  /// Trains once on all rows and once without each fold.
  public func fit(
    _ set: TrainingSet, holdingOut folds: [Int], in context: TrainingContext
  ) throws -> HeldOutFit<Fitted> {
    precondition(folds.count == set.count, "a fold for each row")
    let count = (folds.max() ?? 0) + 1
    let board = ProgressBoard(pieces: count + 1, of: context)
    // One thread a model: the pieces are many enough, and a model is the same whatever its threads.
    let one = WorkerPool(threads: 1)
    let pieces = try context.pool.map(throwing: count + 1) { piece in
      try context.check()
      // The last piece is the model of all rows.
      let number = (piece + 1) % (count + 1)
      let own = TrainingContext(
        seed: context.piece(number).seed, pool: one, shouldStop: context.shouldStop,
        progress: { board.report($0, of: piece) }, store: context.store,
        path: context.path + [number])
      let inside = folds.indices.filter { folds[$0] != piece }
      let model = try kept(piece == count ? set : set.selecting(inside), in: own)
      board.report(1, of: piece)
      let outside = folds.indices.filter { folds[$0] == piece }
      let outputs = try model.outputs(for: set.compounds.selecting(outside), using: one)
      // Only the last is kept: a model can be large.
      return (rows: outside, outputs: outputs, model: piece == count ? model : nil)
    }
    var columns = set.tasks.map { _ in HeldOutColumn(rows: set.count) }
    for piece in pieces {
      for task in columns.indices { columns[task].set(piece.outputs[task], at: piece.rows) }
    }
    guard let model = pieces[count].model else { preconditionFailure("the last piece is a model") }
    return HeldOutFit(model: model, heldOut: columns.map(\.output))
  }
}

extension ModelFamily {
  /// The model of a piece: one that was kept, or a new one, which is kept then.
  func kept(_ set: TrainingSet, in context: TrainingContext) throws -> Fitted {
    guard let store = context.store else { return try fit(set, in: context) }
    if let files = store.piece(context.path), let model = try? read(files, tasks: set.tasks) {
      return model
    }
    let model = try fit(set, in: context)
    try store.keep(try model.files(), context.path)
    return model
  }
}

/// How far several pieces of one work have come.
private final class ProgressBoard: Sendable {
  private let shares: Mutex<[Double]>
  private let context: TrainingContext

  init(pieces: Int, of context: TrainingContext) {
    shares = Mutex([Double](repeating: 0, count: pieces))
    self.context = context
  }

  func report(_ share: Double, of piece: Int) {
    let whole = shares.withLock { shares in
      shares[piece] = share
      return shares.reduce(0, +) / Double(shares.count)
    }
    context.progress(whole)
  }
}

/// Outputs put together from folds.
struct HeldOutColumn {
  private var values: [Double]
  private var deviations: [Double?]

  init(rows: Int) {
    values = [Double](repeating: 0, count: rows)
    deviations = [Double?](repeating: nil, count: rows)
  }

  mutating func set(_ output: TaskOutput, at rows: [Int]) {
    for (place, row) in rows.enumerated() {
      values[row] = output.values[place]
      deviations[row] = output.deviations?[place]
    }
  }

  var output: TaskOutput {
    let known = deviations.compactMap { $0 }
    return TaskOutput(values: values, deviations: known.count == values.count ? known : nil)
  }
}
