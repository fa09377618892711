public import Featurization
public import GradientBoosting

/// Boosted trees by XGBoost, a few with different seeds.
public struct GradientBoostedTrees: SingleTaskFamily {
  /// The stable name.
  public static let name = "boosted-trees"

  /// What the trees look at.
  public var features: CompoundFeatures
  /// How they are grown.
  public var plan: BoostingPlan
  /// How many sets of trees with different seeds are averaged.
  public var members: Int
  /// The error's deviation where bounds are learnt from, in deviations of the labels.
  public var censoredDeviation: Double

  /// Creates the settings.
  public init(
    features: CompoundFeatures = .mapLight, plan: BoostingPlan = .steady, members: Int = 1,
    censoredDeviation: Double = 0.6
  ) {
    self.features = features
    self.plan = plan
    self.members = members
    self.censoredDeviation = censoredDeviation
  }

  /// Grows the trees.
  public func fit(task examples: TaskExamples, in context: TrainingContext) throws -> FittedTrees {
    try TreeTraining(
      family: Self.name, features: features, plan: plan, members: members,
      censoredDeviation: censoredDeviation, isForest: false
    ).run(examples, context)
  }

  /// Reads the trees.
  public func read(task: LearningTask, _ files: ModelFiles) throws -> FittedTrees {
    try FittedTrees(
      reading: files, members: members, features: features, kind: task.kind, isForest: false)
  }
}

extension BoostingPlan {
  /// Many small steps, each on a part of the rows and columns.
  public static let steady = BoostingPlan(
    rounds: 500, learningRate: 0.05, depth: 6, rowShare: 0.8, columnsPerTree: 0.4)

  /// A forest: deep trees apart from each other, each on a bootstrap's share of the rows.
  ///
  /// - Parameter trees: how many.
  public static func forest(trees: Int) -> BoostingPlan {
    BoostingPlan(
      rounds: 1, treesPerRound: trees, learningRate: 1, depth: 40, rowShare: 0.632,
      columnsPerSplit: 0.3, ridge: 0, method: .exact)
  }
}

/// A random forest by XGBoost.
public struct RandomForest: SingleTaskFamily {
  /// The stable name.
  public static let name = "random-forest"

  /// What the trees look at.
  public var features: CompoundFeatures
  /// How they are grown: one round of many.
  public var plan: BoostingPlan

  /// Creates the settings.
  public init(
    features: CompoundFeatures = CompoundFeatures(fingerprints: .ecfp4),
    plan: BoostingPlan = .forest(trees: 300)
  ) {
    self.features = features
    self.plan = plan
  }

  /// Grows the trees.
  public func fit(task examples: TaskExamples, in context: TrainingContext) throws -> FittedTrees {
    try examples.refusingBounds(for: Self.name)
    guard plan.rounds == 1, plan.learningRate == 1 else {
      throw FittingError.settings(
        family: Self.name,
        reason: "\(plan.rounds) rounds at a rate of \(plan.learningRate) make no forest")
    }
    return try TreeTraining(
      family: Self.name, features: features, plan: plan, members: 1, censoredDeviation: 1,
      isForest: true
    ).run(examples, context)
  }

  /// Reads the trees.
  public func read(task: LearningTask, _ files: ModelFiles) throws -> FittedTrees {
    try FittedTrees(
      reading: files, members: 1, features: features, kind: task.kind, isForest: true)
  }
}
