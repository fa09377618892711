/// The measured compound most similar to another one.
public struct NearestMeasured: Hashable, Codable, Sendable {
  /// The measured compound's identifier.
  public let id: String
  /// Its structure, canonical SMILES.
  public let smiles: String
  /// The Tanimoto similarity, 0 to 1.
  public let similarity: Double
  /// Its measured value, in the endpoint's unit.
  public let value: Double

  /// Creates a nearest measured compound.
  public init(id: String, smiles: String, similarity: Double, value: Double) {
    self.id = id
    self.smiles = smiles
    self.similarity = similarity
    self.value = value
  }
}
