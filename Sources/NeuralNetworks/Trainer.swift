public import Parallelism
internal import Tensors

/// Fits a network to rows with known targets.
///
/// The same network, plan and rows give the same weights to the last bit, with any number of
/// threads, also when the training was interrupted between two epochs and resumed from its state.
public struct Trainer<Network: TrainableNetwork>: Sendable {
  /// Rows and what they are trained towards.
  public struct Examples: Sendable {
    /// The rows.
    public let inputs: Network.Input
    /// What they are trained towards.
    public let targets: Targets

    /// Pairs rows with targets; as many of each.
    public init(_ inputs: Network.Input, _ targets: Targets) {
      precondition(inputs.rows == targets.rows, "\(inputs.rows) rows, \(targets.rows) targets")
      self.inputs = inputs
      self.targets = targets
    }
  }

  /// The plan.
  public let plan: TrainingPlan
  /// Where the training stands.
  public private(set) var state: TrainerState
  private var network: Network

  /// Begins a training, or goes on from a state of the same plan.
  public init(_ network: Network, plan: TrainingPlan, resuming state: TrainerState? = nil) {
    self.network = network
    self.plan = plan
    self.state = state ?? TrainerState(network.parameters)
  }

  /// Whether nothing is left to do: all epochs done, or none was better for too long.
  public var isFinished: Bool {
    if state.epochs >= plan.epochs { return true }
    return plan.patience.map { state.epochsSinceBest >= $0 } ?? false
  }

  /// The network with the best weights known: of the best epoch by validation, else of the last.
  public var result: Network {
    var result = network
    result.parameters = state.best ?? state.parameters
    return result
  }

  /// Trains until finished or told to stop.
  ///
  /// - Parameters:
  ///   - validation: rows that decide which epoch was best; nil to keep the last.
  ///   - pool: the threads that share the pieces of a batch (see `TrainingPlan.pieceSize`).
  ///   - shouldStop: asked after every epoch; a stopped training can go on from its state.
  ///   - progress: called after every epoch with its report and the state, to be saved if wanted.
  public mutating func run<Failure: Error>(
    on training: Examples, validation: Examples? = nil,
    using pool: WorkerPool = WorkerPool(threads: 1), shouldStop: () -> Bool = { false },
    progress: (EpochReport, TrainerState) throws(Failure) -> Void
  ) throws(Failure) {
    while !isFinished {
      try progress(runEpoch(on: training, validation: validation, using: pool), state)
      if shouldStop() { return }
    }
  }

  /// Trains until finished.
  public mutating func run(
    on training: Examples, validation: Examples? = nil,
    using pool: WorkerPool = WorkerPool(threads: 1)
  ) {
    run(on: training, validation: validation, using: pool) { _, _ in }
  }

  /// Trains for one epoch.
  @discardableResult
  public mutating func runEpoch(
    on training: Examples, validation: Examples? = nil,
    using pool: WorkerPool = WorkerPool(threads: 1)
  ) -> EpochReport {
    let epoch = state.epochs + 1
    // The order is a function of seed and epoch, so nothing but the epoch need be remembered.
    var source = RandomSource(seed: plan.seed, stream: epoch)
    let order = source.permutation(training.inputs.rows)
    let batches = max(1, (order.count + plan.batchSize - 1) / plan.batchSize)
    var sum = 0.0
    for (batch, start) in stride(from: 0, to: order.count, by: plan.batchSize).enumerated() {
      let rows = order[start..<min(order.count, start + plan.batchSize)]
      let factor = plan.schedule.factor(
        step: (epoch - 1) * batches + batch, of: plan.epochs * batches)
      let (loss, gradients) = slopes(of: rows, training, pool)
      state.optimizer.update(
        &state.parameters, by: gradients, rate: plan.learningRate * factor, plan: plan)
      sum += loss * Double(rows.count)
    }
    let validationLoss = validation.map { loss(on: $0, pool) }
    let isBest = validationLoss.map { value in
      // A loss that is not finite is never best, so a training that blew up is not returned.
      value.isFinite && value < (state.bestReport?.validationLoss ?? .infinity)
    }
    if isBest == true { state.best = state.parameters }
    let report = EpochReport(
      epoch: epoch, trainingLoss: sum / Double(max(1, order.count)),
      validationLoss: validationLoss, isBest: isBest ?? true)
    state.history.append(report)
    return report
  }

  /// The loss of a batch and its slopes, piece by piece and summed in the pieces' order.
  ///
  /// The graphs share the weights' storage; they end here, so that the update happens in place.
  private func slopes(
    of rows: ArraySlice<Int>, _ training: Examples, _ pool: WorkerPool
  ) -> (Double, [Gradient]) {
    let size = plan.pieceSize ?? rows.count
    let pieces = stride(from: rows.startIndex, to: rows.endIndex, by: size).map {
      rows[$0..<min(rows.endIndex, $0 + size)]
    }
    let targets = pieces.map { training.targets.selecting($0) }
    let weights = targets.map(\.totalWeight)
    // A batch in which nothing is known has no loss and no slope, whatever the shares.
    let total = max(weights.reduce(0, +), .leastNormalMagnitude)
    let parts = pool.map(pieces.count) { piece in
      var pass = ForwardPass(
        state.parameters, mode: .training(seed: plan.seed, step: state.optimizer.steps),
        piece: piece)
      let share = pieces.count == 1 ? 1 : weights[piece] / total
      let loss = network.loss(
        plan.loss, of: training.inputs.selecting(pieces[piece]), against: targets[piece], in: &pass)
      return (
        share * Double(pass.graph.tensor(loss).scalar),
        pass.graph.gradients(of: loss, with: pass.weights, times: Float(share))
      )
    }
    return parts.dropFirst().reduce(into: parts[0]) { sum, part in
      sum.0 += part.0
      for place in part.1.indices { sum.1[place] = sum.1[place] + part.1[place] }
    }
  }

  /// The mean loss of rows without dropout, in fixed chunks.
  private func loss(on examples: Examples, _ pool: WorkerPool) -> Double {
    let chunk = 256
    let parts = pool.map((examples.inputs.rows + chunk - 1) / chunk) { place in
      let rows = place * chunk..<min(examples.inputs.rows, (place + 1) * chunk)
      let targets = examples.targets.selecting(rows)
      var pass = ForwardPass(state.parameters, mode: .inference)
      let loss = network.loss(
        plan.loss, of: examples.inputs.selecting(rows), against: targets, in: &pass)
      return (Double(pass.graph.tensor(loss).scalar) * targets.totalWeight, targets.totalWeight)
    }
    let (sum, weight) = parts.reduce((0, 0)) { ($0.0 + $1.0, $0.1 + $1.1) }
    return weight > 0 ? sum / weight : .nan
  }
}
