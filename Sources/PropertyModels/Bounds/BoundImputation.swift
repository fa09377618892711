import Foundation
public import Parallelism

/// Lets any recipe learn from bounds such as `> 10 µM`: each bound becomes the value to be expected
/// beyond it.
///
/// Schmee & Hahn, Technometrics 1979, 21, 417 (Buckley & James 1979 without the normal error): where
/// a model that did not see the row says `N(μ, σ²)`, a lower bound b stands for
/// `μ + σ φ(t) ÷ (1 − Φ(t))`, `t = (b − μ) ÷ σ`, and the model is trained again. So a bound far below
/// what the model expects changes nothing, and one above it pulls just beyond itself.
public struct BoundImputation: ModelFamily {
  /// The stable name.
  public static let name = "bounds"

  /// What learns.
  public var member: ModelRecipe
  /// How often expectations are made; the first time by a model of the exact labels alone.
  public var rounds: Int
  /// Into how many parts the compounds are cut, so that an expectation is of an unseen compound.
  public var folds: Int

  /// Creates the settings.
  public init(_ member: ModelRecipe, rounds: Int = 2, folds: Int = 5) {
    self.member = member
    self.rounds = rounds
    self.folds = folds
  }

  /// Makes expectations, and trains on them.
  public func fit(_ set: TrainingSet, in context: TrainingContext) throws -> FittedMember {
    guard (1...10).contains(rounds), (2...100).contains(folds) else {
      throw FittingError.settings(
        family: Self.name, reason: "\(rounds) rounds and \(folds) folds")
    }
    return FittedMember(
      try ModelRecipe.fit(member.family, expecting(set, context), context.piece(0)))
  }

  /// The set with every bound of a regression replaced by an exact expectation.
  func expecting(_ set: TrainingSet, _ context: TrainingContext) throws -> TrainingSet {
    let bounded = set.tasks.indices.filter { task in
      set.labels[task].contains { $0.map { $0.relation != .equal } ?? false }
    }
    guard !bounded.isEmpty else { return set }
    let folds = set.folds(folds, seed: context.seed)
    // At first only what is known exactly teaches.
    var taught = set.replacing { _, label in label?.relation == .equal ? label : nil }
    for task in bounded where Set(taught.labels[task].compactMap { $0?.value }).count < 2 {
      throw FittingError.tooFew(
        task: "\(set.tasks[task].name) without its bounds",
        labels: taught.labels[task].count { $0 != nil }, needed: 2)
    }
    for round in 1...rounds {
      try context.check()
      let share = Double(round - 1) / Double(rounds + 1)...Double(round) / Double(rounds + 1)
      let (_, heldOut) = try ModelRecipe.fit(
        member.family, taught, folds, context.piece(round, share: share))
      let deviations = bounded.reduce(into: [Int: Double]()) { deviations, task in
        deviations[task] = Self.deviation(heldOut[task], set.labels[task])
      }
      taught = set.replacing { place, label in
        guard let label, label.relation != .equal, let deviation = deviations[place.task] else {
          return label
        }
        let mean = heldOut[place.task].values[place.row]
        return TaskLabel(label.expectation(mean: mean, deviation: deviation))
      }
    }
    return taught
  }

  /// How far held-out answers are from the exact labels.
  private static func deviation(_ output: TaskOutput, _ labels: [TaskLabel?]) -> Double {
    var (squares, count) = (0.0, 0.0)
    for (row, label) in labels.enumerated() {
      guard let label, label.relation == .equal else { continue }
      squares += (label.value - output.values[row]) * (label.value - output.values[row])
      count += 1
    }
    return max(1e-3, (squares / count).squareRoot())
  }

  /// Reads the model.
  public func read(_ files: ModelFiles, tasks: [LearningTask]) throws -> FittedMember {
    FittedMember(try TrainedModel.fitted(member.family, files, tasks))
  }
}

/// A model of a recipe inside another.
public struct FittedMember: FittedModel {
  private let member: any FittedModel

  init(_ member: any FittedModel) { self.member = member }

  /// What the member says.
  public func outputs(for compounds: CompoundTable, using pool: WorkerPool) throws -> [TaskOutput] {
    try member.outputs(for: compounds, using: pool)
  }

  /// The member's files.
  public func files() throws -> ModelFiles { try member.files() }
}

extension TaskLabel {
  /// The value to be expected beyond a bound, where N(mean, deviation²) is what is known otherwise.
  func expectation(mean: Double, deviation: Double) -> Double {
    switch relation {
    case .equal: return value
    case .above:
      return mean + deviation * Self.inverseMills((value - mean) / deviation)
    case .below:
      return mean - deviation * Self.inverseMills((mean - value) / deviation)
    }
  }

  /// φ(t) ÷ (1 − Φ(t)).
  private static func inverseMills(_ t: Double) -> Double {
    // Far out the ratio is t + 1/t − …, where both of its parts would vanish.
    if t > 25 { return t + 1 / t - 2 / (t * t * t) }
    return exp(-t * t / 2) / (2 * Double.pi).squareRoot() / (erfc(t / 2.0.squareRoot()) / 2)
  }
}

extension TrainingSet {
  /// The same set with other labels.
  func replacing(
    _ label: ((task: Int, row: Int), TaskLabel?) -> TaskLabel?
  ) -> TrainingSet {
    TrainingSet(
      compounds: compounds, tasks: tasks,
      labels: labels.enumerated().map { task, column in
        column.enumerated().map { row, old in label((task, row), old) }
      }, weights: weights)
  }
}

extension ModelRecipe {
  /// The same recipe where no label is a bound or its family learns from them; else one that makes
  /// expectations of them.
  public func learningBounds(of examples: Examples) -> ModelRecipe {
    let hasBounds = examples.labels.contains { column in
      column.contains { $0.map { $0.relation != .equal } ?? false }
    }
    let isAble =
      family is BoundImputation || family is GradientBoostedTrees || family is any NetworkFamily
    return !hasBounds || isAble ? self : ModelRecipe(BoundImputation(self))
  }
}
