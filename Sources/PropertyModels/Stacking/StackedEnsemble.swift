public import Parallelism

/// Several recipes together: each trained, and their answers weighted by what they are worth on
/// compounds they did not see.
///
/// Wolpert 1992; weights that are not negative as in Breiman 1996. A weight is never fitted on an
/// answer to a compound that the answering model had seen.
public struct StackedEnsemble: ModelFamily {
  /// The stable name.
  public static let name = "stack"

  /// The recipes.
  public var members: [ModelRecipe]
  /// How much each counts.
  public var weighting: Weighting

  /// How much each member counts.
  public enum Weighting: Codable, Hashable, Sendable {
    /// All the same: as fast as its members, and hard to beat where compounds are few.
    case equal
    /// What its answers to unseen compounds are worth; the compounds are cut into so many parts,
    /// and each is predicted by models of the others.
    case fitted(folds: Int)
  }

  /// Creates the settings.
  public init(_ members: [ModelRecipe], weighting: Weighting = .fitted(folds: 5)) {
    self.members = members
    self.weighting = weighting
  }

  private var flaw: String? {
    guard (1...64).contains(members.count) else { return "\(members.count) members" }
    if case .fitted(let folds) = weighting, !(2...100).contains(folds) { return "\(folds) folds" }
    return nil
  }

  /// Trains every member on all rows, weighs them, and for that trains them without each fold.
  public func fit(_ set: TrainingSet, in context: TrainingContext) throws -> FittedStack {
    if let flaw { throw FittingError.settings(family: Self.name, reason: flaw) }
    switch weighting {
    case .equal:
      let fitted = try members.enumerated().map { number, member in
        try context.check()
        return try ModelRecipe.fit(member.family, set, piece(number, of: context))
      }
      return FittedStack(members: fitted, blends: equalBlends(set))
    case .fitted(let folds):
      return try train(set, set.folds(folds, seed: context.seed), context).model
    }
  }

  /// The same with given folds; what is said of a fold is weighted by what the others taught.
  ///
  /// The weights never see the fold's labels. The models whose answers taught the weights did, so a
  /// trace of them is left in a handful of numbers; nested folds would cost as many times more.
  public func fit(
    _ set: TrainingSet, holdingOut folds: [Int], in context: TrainingContext
  ) throws -> HeldOutFit<FittedStack> {
    let (model, answers) = try train(set, folds, context)
    var columns = set.tasks.map { _ in HeldOutColumn(rows: set.count) }
    for fold in 0...(folds.max() ?? 0) {
      let inside = folds.indices.filter { folds[$0] != fold }
      let outside = folds.indices.filter { folds[$0] == fold }
      for task in set.tasks.indices {
        let blend =
          weighting == .equal
          ? model.blends[task]
          : MemberBlend(set, task: task, rows: inside, answers.map { $0[task] })
        columns[task].set(blend.output(answers.map { $0[task].selecting(outside) }), at: outside)
      }
    }
    return HeldOutFit(model: model, heldOut: columns.map(\.output))
  }

  private func train(
    _ set: TrainingSet, _ folds: [Int], _ context: TrainingContext
  ) throws -> (model: FittedStack, answers: [[TaskOutput]]) {
    if let flaw { throw FittingError.settings(family: Self.name, reason: flaw) }
    var fitted: [any FittedModel] = []
    var answers: [[TaskOutput]] = []
    for (number, member) in members.enumerated() {
      try context.check()
      let (model, heldOut) = try ModelRecipe.fit(
        member.family, set, folds, piece(number, of: context))
      fitted.append(model)
      answers.append(heldOut)
    }
    let blends =
      weighting == .equal
      ? equalBlends(set)
      : set.tasks.indices.map { task in
        MemberBlend(set, task: task, rows: Array(0..<set.count), answers.map { $0[task] })
      }
    return (FittedStack(members: fitted, blends: blends), answers)
  }

  private func equalBlends(_ set: TrainingSet) -> [MemberBlend] {
    set.tasks.map { MemberBlend(equal: members.count, isClass: $0.kind == .classification) }
  }

  private func piece(_ number: Int, of context: TrainingContext) -> TrainingContext {
    let count = Double(members.count)
    return context.piece(number, share: Double(number) / count...Double(number + 1) / count)
  }

  /// Reads every member and the weights.
  public func read(_ files: ModelFiles, tasks: [LearningTask]) throws -> FittedStack {
    let blends = try files.json(FittedStack.file, as: [MemberBlend].self)
    guard (1...64).contains(members.count), blends.count == tasks.count,
      blends.allSatisfy({ $0.isUsable(members: members.count) }),
      zip(blends, tasks).allSatisfy({ $0.isClass == ($1.kind == .classification) })
    else {
      throw ModelError.damaged(file: FittedStack.file, reason: "its weights do not fit its members")
    }
    let fitted = try members.enumerated().map { number, member in
      try TrainedModel.fitted(member.family, files.part("member-\(number)"), tasks)
    }
    return FittedStack(members: fitted, blends: blends)
  }
}

/// Trained members with their weights.
public struct FittedStack: FittedModel {
  static let file = "weights.json"
  let members: [any FittedModel]
  /// One for each task.
  let blends: [MemberBlend]

  /// The weight of each member, task by task.
  public var weights: [[Double]] { blends.map(\.weights) }

  /// The weighted answers.
  public func outputs(
    for compounds: CompoundTable, using pool: WorkerPool
  ) throws -> [TaskOutput] {
    let answers = try members.map { try $0.outputs(for: compounds, using: pool) }
    return blends.enumerated().map { task, blend in blend.output(answers.map { $0[task] }) }
  }

  /// The files of each member under its number, and the weights.
  public func files() throws -> ModelFiles {
    var files = ModelFiles()
    for (number, member) in members.enumerated() {
      files.add(try member.files(), under: "member-\(number)")
    }
    try files.add(json: blends, as: Self.file)
    return files
  }
}
