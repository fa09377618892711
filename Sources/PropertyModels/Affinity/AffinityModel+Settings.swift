import Featurization
import NeuralNetworks

extension AffinityModel.Settings {
  /// What is wrong with them; nil for nothing.
  public var flaw: String? {
    if let flaw = features.flaw { return flaw }
    if !([tower, embedding] + head).allSatisfy((1...16_384).contains) {
      return "layers of a width outside 1 to 16384"
    }
    if head.count > 16 { return "\(head.count) layers in the head" }
    if !(0..<1).contains(dropout) { return "a dropout of \(dropout)" }
    if !(proteinScale > 0 && proteinScale.isFinite) { return "a scale of \(proteinScale)" }
    if !(1...10_000).contains(epochs) { return "\(epochs) epochs" }
    if !(1...1_000_000).contains(batch) { return "batches of \(batch) pairs" }
    if !(1...100).contains(members) { return "\(members) members" }
    return learningRate > 0 && learningRate.isFinite
      ? nil : "a learning rate of \(learningRate)"
  }

  /// The widths of a network that reads its proteins by their similarities to so many.
  func architecture(proteins: Int) -> TwoTowerNetwork.Architecture {
    TwoTowerNetwork.Architecture(
      compoundColumns: features.columns, proteinColumns: proteins, tower: tower,
      embedding: embedding, head: head, dropout: dropout)
  }

  /// How one of the networks is trained.
  func plan(seed: UInt64) -> TrainingPlan {
    TrainingPlan(
      epochs: epochs, batchSize: batch, pieceSize: max(1, batch / 2), learningRate: learningRate,
      schedule: .warmUpCosine(warmUp: 0.05, last: 0.01), weightDecay: .decoupled(1e-4), seed: seed)
  }
}
