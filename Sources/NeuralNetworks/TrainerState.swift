internal import Tensors

/// What one epoch of training brought.
public struct EpochReport: Codable, Hashable, Sendable {
  /// The number of the epoch, from 1.
  public let epoch: Int
  /// The mean loss of its batches, dropout and all.
  public let trainingLoss: Double
  /// The loss of the validation rows after it; nil without such rows.
  public let validationLoss: Double?
  /// Whether its weights are the best so far.
  public let isBest: Bool
}

/// A training between two epochs: enough to go on as if it had never stopped.
public struct TrainerState: Hashable, Sendable {
  /// The weights after the last epoch.
  public internal(set) var parameters: Parameters
  /// The weights with the lowest validation loss; nil without validation rows.
  public internal(set) var best: Parameters?
  /// One report for each epoch done.
  public internal(set) var history: [EpochReport] = []
  var optimizer: Optimizer

  init(_ parameters: Parameters) {
    self.parameters = parameters
    optimizer = Optimizer(for: parameters)
  }

  /// How many epochs are done.
  public var epochs: Int { history.count }

  /// The report of the epoch with the lowest validation loss.
  public var bestReport: EpochReport? { history.last(where: \.isBest) }

  /// How many epochs were done since.
  public var epochsSinceBest: Int { epochs - (bestReport?.epoch ?? epochs) }
}
