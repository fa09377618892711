internal import Tensors

/// Fits a network to rows with known targets.
///
/// One thread; the same network, plan and rows give the same weights to the last bit, also when the
/// training was interrupted between two epochs and resumed from its state.
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
  ///   - shouldStop: asked after every epoch; a stopped training can go on from its state.
  ///   - progress: called after every epoch with its report and the state, to be saved if wanted.
  public mutating func run<Failure: Error>(
    on training: Examples, validation: Examples? = nil, shouldStop: () -> Bool = { false },
    progress: (EpochReport, TrainerState) throws(Failure) -> Void
  ) throws(Failure) {
    while !isFinished {
      try progress(runEpoch(on: training, validation: validation), state)
      if shouldStop() { return }
    }
  }

  /// Trains until finished.
  public mutating func run(on training: Examples, validation: Examples? = nil) {
    run(on: training, validation: validation) { _, _ in }
  }

  /// Trains for one epoch.
  @discardableResult
  public mutating func runEpoch(on training: Examples, validation: Examples? = nil) -> EpochReport {
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
      let loss = step(
        training.inputs.selecting(rows), training.targets.selecting(rows),
        rate: plan.learningRate * factor)
      sum += loss * Double(rows.count)
    }
    let validationLoss = validation.map { loss(on: $0) }
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

  private mutating func step(_ input: Network.Input, _ targets: Targets, rate: Double) -> Double {
    let (loss, gradients) = slopes(input, targets)
    state.optimizer.update(&state.parameters, by: gradients, rate: rate, plan: plan)
    return loss
  }

  // The graph shares the weights' storage; it ends here, so that the update happens in place.
  private func slopes(_ input: Network.Input, _ targets: Targets) -> (Double, [Gradient]) {
    var pass = ForwardPass(
      state.parameters, mode: .training(seed: plan.seed, step: state.optimizer.steps))
    let loss = network.loss(plan.loss, of: input, against: targets, in: &pass)
    return (
      Double(pass.graph.tensor(loss).scalar), pass.graph.gradients(of: loss, with: pass.weights)
    )
  }

  /// The mean loss of rows without dropout, in fixed chunks.
  private func loss(on examples: Examples) -> Double {
    var (sum, weight) = (0.0, 0.0)
    for start in stride(from: 0, to: examples.inputs.rows, by: 256) {
      let rows = start..<min(examples.inputs.rows, start + 256)
      let targets = examples.targets.selecting(rows)
      var pass = ForwardPass(state.parameters, mode: .inference)
      let loss = network.loss(
        plan.loss, of: examples.inputs.selecting(rows), against: targets, in: &pass)
      let share =
        targets.weights.map { $0.elements.reduce(0.0) { $0 + Double($1) } }
        ?? Double(targets.values.count)
      sum += Double(pass.graph.tensor(loss).scalar) * share
      weight += share
    }
    return weight > 0 ? sum / weight : .nan
  }
}
