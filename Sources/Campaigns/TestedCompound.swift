public import Entities

/// A compound kept for the test, with what the model said of it.
public struct TestedCompound: Hashable, Sendable {
  /// The task.
  public let task: String
  /// The compound's identifier.
  public let id: String
  /// Its standardised structure.
  public let smiles: String
  /// What was measured.
  public let measured: Double
  /// The prediction.
  public let prediction: PredictedValue
  /// The most similar training compound; its value is the nearest-neighbour baseline.
  public let nearest: NearestMeasured
  /// Whether the compound lies in the model's domain.
  public let inDomain: Bool

  /// Describes a tested compound.
  public init(
    task: String, id: String, smiles: String, measured: Double, prediction: PredictedValue,
    nearest: NearestMeasured, inDomain: Bool
  ) {
    self.task = task
    self.id = id
    self.smiles = smiles
    self.measured = measured
    self.prediction = prediction
    self.nearest = nearest
    self.inDomain = inDomain
  }
}
