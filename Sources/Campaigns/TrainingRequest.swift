public import Featurization
import Molecules
public import PropertyModels

/// What is to be trained.
public struct TrainingRequest: Sendable {
  /// What is predicted.
  public var endpoint: EndpointRequest
  /// What is trained; a search begins with it.
  public var recipe: ModelRecipe
  /// How many recipes a search tries; 0 trains the given one.
  public var tune: Int
  /// Which columns hold what.
  public var columns: ActivityColumns
  /// The share kept for the test where the table has no split.
  public var testShare: Double
  /// How that share is chosen.
  public var split: SplitRule
  /// How many folds calibrate the doubt, where there are compounds enough.
  public var folds: Int
  /// Decides everything that is drawn.
  public var seed: UInt64
  /// How structures become compounds.
  public var preparation: CompoundPreparation

  /// Describes a training.
  public init(
    endpoint: EndpointRequest = EndpointRequest(), recipe: ModelRecipe, tune: Int = 0,
    columns: ActivityColumns = ActivityColumns(), testShare: Double = 0.2,
    split: SplitRule = .random, folds: Int = 5, seed: UInt64 = 0,
    preparation: CompoundPreparation = CompoundPreparation()
  ) {
    self.endpoint = endpoint
    self.recipe = recipe
    self.tune = tune
    self.columns = columns
    self.testShare = testShare
    self.split = split
    self.folds = folds
    self.seed = seed
    self.preparation = preparation
  }
}

/// What is to be predicted, as far as it is not read off the table.
public struct EndpointRequest: Hashable, Sendable {
  /// The endpoint's name; nil takes the column's, which several columns always do.
  public var name: String?
  /// The unit; nil for −log₁₀(mol/L) of potencies, and none of anything else.
  public var unit: String?
  /// Numbers or classes; nil for classes where every value is 0 or 1.
  public var kind: LearningTask.Kind?
  /// The scale on which numbers are learnt.
  public var scale: LearningTask.Scale
  /// Whether more is better.
  public var higherIsBetter: Bool
  /// Whether both classes weigh the same in training.
  public var balancesClasses: Bool

  /// Describes an endpoint.
  public init(
    name: String? = nil, unit: String? = nil, kind: LearningTask.Kind? = nil,
    scale: LearningTask.Scale = .linear, higherIsBetter: Bool = true, balancesClasses: Bool = false
  ) {
    self.name = name
    self.unit = unit
    self.kind = kind
    self.scale = scale
    self.higherIsBetter = higherIsBetter
    self.balancesClasses = balancesClasses
  }

  /// The task of a column.
  func task(
    column: String, scale valueScale: ValueScale, isOnly: Bool, labels: [TaskLabel?]
  ) -> LearningTask {
    let isPotency = valueScale == .nanomolar
    let name = (isOnly ? self.name : nil) ?? (isPotency && isOnly ? "pKi" : column)
    let isBinary = labels.allSatisfy { label in
      label.map { ($0.value == 0 || $0.value == 1) && $0.relation == .equal } ?? true
    }
    let kind = kind ?? (isBinary && !isPotency ? .classification : .regression)
    let isLogarithm = isPotency || ["pKi", "pIC50", "pEC50", "pKd", "pChEMBL"].contains(name)
    return LearningTask(
      name: name,
      unit: kind == .classification ? "1" : unit ?? (isLogarithm ? Self.potencyUnit : "1"),
      kind: kind, scale: scale, higherIsBetter: higherIsBetter, balancesClasses: balancesClasses)
  }

  private static let potencyUnit = "−log₁₀(mol/L)"
}

/// How rows are kept for a test.
public enum SplitRule: String, CaseIterable, Sendable {
  /// By chance: optimistic for new chemistry.
  case random
  /// Whole ring systems, so that the test has ones that were never seen.
  case scaffold
}
