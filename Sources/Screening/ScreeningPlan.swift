public import Entities

/// What a screen is asked for: how to rank, what to leave out, how many to name.
///
/// A plan is read from a JSON file and from options; a key it does not know is refused, so that a
/// mistyped filter never passes unseen.
public struct ScreeningPlan: Codable, Hashable, Sendable {
  /// How many compounds to name.
  public var count: Int
  /// What decides the order.
  public var ranking: RankingRule
  /// Allowed ranges of properties; a property without a range is not looked at.
  public var properties: [CompoundProperty: ClosedInterval]
  /// Catalogues of structural alerts whose compounds are left out.
  public var excludedAlerts: Set<AlertCatalogName>
  /// SMARTS patterns of which every one must be present.
  public var required: [String]
  /// SMARTS patterns of which none may be present.
  public var forbidden: [String]
  /// The most compounds of one Murcko scaffold; nil for no bound.
  public var maximumPerScaffold: Int?
  /// Leaves out compounds outside the model's applicability domain.
  public var onlyInDomain: Bool
  /// Leaves out compounds more similar than this to a measured one; nil for no bound.
  ///
  /// Nothing new is learned from a compound that was all but measured.
  public var maximumSimilarityToMeasured: Double?

  /// Creates a plan that ranks by the predicted value and filters nothing.
  public init(count: Int = 100) {
    self.count = count
    ranking = .predictedValue
    properties = [:]
    excludedAlerts = []
    required = []
    forbidden = []
    maximumPerScaffold = nil
    onlyInDomain = false
    maximumSimilarityToMeasured = nil
  }
}

/// What decides the order of candidates.
public enum RankingRule: String, Codable, CaseIterable, Sendable {
  /// The best predicted value first.
  case predictedValue = "predicted-value"
  /// The best value that is still likely: the near end of the 90 % interval. Prefers sure compounds.
  case cautiousBound = "cautious-bound"
  /// The best value that is not excluded: the far end of the 90 % interval. Prefers what would teach
  /// most, as an upper confidence bound does (Auer 2002).
  case optimisticBound = "optimistic-bound"

  /// The number to order by, larger is better.
  public func score(_ prediction: PredictedValue, _ goal: OptimisationGoal) -> Double {
    switch (self, goal) {
    case (.predictedValue, .maximise): prediction.value
    case (.predictedValue, .minimise): -prediction.value
    case (.cautiousBound, .maximise): prediction.lower
    case (.cautiousBound, .minimise): -prediction.upper
    case (.optimisticBound, .maximise): prediction.upper
    case (.optimisticBound, .minimise): -prediction.lower
    }
  }
}

/// Whether more or less of the endpoint is wanted.
public enum OptimisationGoal: String, Codable, CaseIterable, Sendable {
  /// More is better, as with a potency on the pKi scale.
  case maximise
  /// Less is better, as with a Ki in nmol/L or a toxicity.
  case minimise
}

/// Collections of structural alerts.
public enum AlertCatalogName: String, Codable, CaseIterable, Comparable, Sendable {
  /// Pan-assay interference compounds (Baell and Holloway 2010).
  case pains
  /// Unwanted functionalities (Brenk et al. 2008).
  case brenk
  /// Reactive and promiscuous groups of the NIH screening programme (Jadhav et al. 2010).
  case nih

  /// Orders by name.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// A range with optional ends, both inclusive.
public struct ClosedInterval: Codable, Hashable, Sendable {
  /// The least allowed value; nil for none.
  public var minimum: Double?
  /// The greatest allowed value; nil for none.
  public var maximum: Double?

  /// Creates a range.
  public init(minimum: Double? = nil, maximum: Double? = nil) {
    self.minimum = minimum
    self.maximum = maximum
  }

  /// Whether the value lies inside.
  public func contains(_ value: Double) -> Bool {
    if let minimum, value < minimum { return false }
    if let maximum, value > maximum { return false }
    return true
  }
}
