public import Entities

/// One compound of the answer: what it is, what is predicted, how sure, how new, and why it stands
/// where it stands.
public struct Hit: Hashable, Codable, Sendable {
  /// The place in the ranking, from 1.
  public let rank: Int
  /// The compound's identifier in the library.
  public let id: String
  /// The standardised structure, canonical SMILES.
  public let smiles: String
  /// The predicted value with its uncertainty, in the endpoint's unit.
  public let prediction: PredictedValue
  /// The most similar measured compound the model was trained on.
  public let nearest: NearestMeasured
  /// Whether the model's applicability domain covers the compound.
  public let inDomain: Bool
  /// The properties a chemist looks at first.
  public let properties: CompoundProperties
  /// Structural alerts by name, sorted; each is `CATALOG: name`.
  public let alerts: [String]
  /// The Murcko scaffold, canonical SMILES; empty for an acyclic compound.
  public let scaffold: String
  /// What each heavy atom adds to the prediction, in the endpoint's unit, in the order of the atoms
  /// of `smiles`; empty when not computed.
  public let atomContributions: [Double]
  /// Why the compound ranks where it does, one or two sentences.
  public let reason: String

  /// Creates a hit.
  public init(
    rank: Int, id: String, smiles: String, prediction: PredictedValue, nearest: NearestMeasured,
    inDomain: Bool, properties: CompoundProperties, alerts: [String], scaffold: String,
    atomContributions: [Double], reason: String
  ) {
    self.rank = rank
    self.id = id
    self.smiles = smiles
    self.prediction = prediction
    self.nearest = nearest
    self.inDomain = inDomain
    self.properties = properties
    self.alerts = alerts
    self.scaffold = scaffold
    self.atomContributions = atomContributions
    self.reason = reason
  }

  /// The same hit with what its atoms contribute.
  public func withAtomContributions(_ contributions: [Double]) -> Hit {
    Hit(
      rank: rank, id: id, smiles: smiles, prediction: prediction, nearest: nearest,
      inDomain: inDomain, properties: properties, alerts: alerts, scaffold: scaffold,
      atomContributions: contributions, reason: reason)
  }
}
