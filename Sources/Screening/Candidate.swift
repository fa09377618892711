public import Entities

/// A compound near the top of a ranking, with all that filters and explanations look at.
public struct Candidate: Hashable, Sendable {
  /// The identifier in the library.
  public let id: String
  /// The standardised structure, canonical SMILES.
  public let smiles: String
  /// The predicted value.
  public let prediction: PredictedValue
  /// The most similar measured compound.
  public let nearest: NearestMeasured
  /// Whether the model's applicability domain covers the compound.
  public let inDomain: Bool
  /// The structure's own facts.
  public let profile: StructureProfile

  /// Creates a candidate.
  public init(
    id: String, smiles: String, prediction: PredictedValue, nearest: NearestMeasured,
    inDomain: Bool, profile: StructureProfile
  ) {
    self.id = id
    self.smiles = smiles
    self.prediction = prediction
    self.nearest = nearest
    self.inDomain = inDomain
    self.profile = profile
  }
}

/// What filters need to know of a structure.
public struct StructureProfile: Hashable, Sendable {
  /// The properties a chemist looks at first.
  public let properties: CompoundProperties
  /// Structural alerts by catalogue; each list is sorted by name.
  public let alerts: [AlertCatalogName: [String]]
  /// The Murcko scaffold, canonical SMILES; empty for an acyclic compound.
  public let scaffold: String
  /// The required patterns that are absent, in the plan's order.
  public let absentRequired: [String]
  /// The forbidden patterns that are present, in the plan's order.
  public let presentForbidden: [String]

  /// Creates a profile.
  public init(
    properties: CompoundProperties, alerts: [AlertCatalogName: [String]], scaffold: String,
    absentRequired: [String] = [], presentForbidden: [String] = []
  ) {
    self.properties = properties
    self.alerts = alerts
    self.scaffold = scaffold
    self.absentRequired = absentRequired
    self.presentForbidden = presentForbidden
  }

  /// All alerts as `CATALOGUE: name`, sorted.
  public var alertNames: [String] {
    alerts.keys.sorted().flatMap { catalog in
      (alerts[catalog] ?? []).map { "\(catalog.rawValue.uppercased()): \($0)" }
    }
  }
}
