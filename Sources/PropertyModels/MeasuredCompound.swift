/// A compound with a measured value.
public struct MeasuredCompound: Hashable, Codable, Sendable {
  /// Its identifier.
  public var id: String
  /// Its standardised structure, canonical SMILES.
  public var smiles: String
  /// The measured value, in the endpoint's unit.
  public var value: Double

  /// Creates a measured compound.
  public init(id: String, smiles: String, value: Double) {
    self.id = id
    self.smiles = smiles
    self.value = value
  }
}
