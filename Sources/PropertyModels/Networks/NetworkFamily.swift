import Entities
public import NeuralNetworks
public import Parallelism
import Statistics
public import Tensors

/// A family of neural networks: several with different seeds, each learning all tasks at once.
///
/// Tasks with numbers share one network, tasks with classes another, since they are punished
/// differently. A missing label weighs nothing.
public protocol NetworkFamily: ModelFamily where Fitted == FittedNetworks<Self> {
  /// The kind of network.
  associatedtype Network: TrainableNetwork
  /// A network made ready to be asked, which is worth doing once.
  associatedtype Ready: Sendable

  /// How many networks are averaged.
  var members: Int { get }
  /// How each is trained; loss and seed follow from the task and the training.
  var plan: TrainingPlan { get }
  /// What stands beside what the network reads first; scaled by the training compounds.
  var dense: [DenseFeature] { get }
  /// What is wrong with the settings; nil for nothing.
  var flaw: String? { get }

  /// What a network reads of compounds.
  ///
  /// - Parameter dense: the scaled dense numbers, shape `[compounds, columns]`; nil for none.
  func inputs(
    of compounds: CompoundTable, dense: Tensor?, using pool: WorkerPool
  ) throws -> Network.Input
  /// A network with random weights for these inputs.
  func network(outputs: Int, for inputs: Network.Input, seed: UInt64) -> Network
  /// A network with weights from a file.
  func network(
    outputs: Int, reading file: Safetensors, prefix: String
  ) throws(SafetensorsError) -> Network
  /// Makes a network ready.
  func ready(_ network: Network) -> Ready
  /// What a network says, shape `[rows, outputs]`; each row depends on itself alone.
  func outputs(of ready: Ready, for inputs: Network.Input, using pool: WorkerPool) -> Tensor
}

extension NetworkFamily {
  /// Trains the networks of each kind of task.
  public func fit(
    _ set: TrainingSet, in context: TrainingContext
  ) throws -> FittedNetworks<Self> {
    if let flaw = flaw ?? commonFlaw {
      throw FittingError.settings(family: Self.name, reason: flaw)
    }
    let scaling = try DenseScaling(of: dense, in: set.compounds, using: context.pool)
    let kinds = NetworkGroup<Network>.kinds(of: set.tasks)
    let groups = try kinds.enumerated().map { place, kind in
      try context.check()
      let share = Double(place) / Double(kinds.count)...Double(place + 1) / Double(kinds.count)
      return try train(set, scaling, kind, context.piece(place, share: share))
    }
    return FittedNetworks(
      family: self, scaling: scaling, groups: groups, taskCount: set.tasks.count)
  }

  /// What punishes numbers where some are bounds (Tobin 1958); the deviation of an error, in those
  /// of the labels, is that of a usual model.
  static var boundedLoss: Loss { .tobit(deviation: 0.6) }

  /// What no family of networks can do with.
  var commonFlaw: String? {
    if !(1...1_000).contains(members) { return "\(members) members" }
    if !(1...100_000).contains(plan.epochs) { return "\(plan.epochs) epochs" }
    if plan.batchSize < 1 || (plan.pieceSize ?? 1) < 1 { return "batches of no rows" }
    return plan.learningRate > 0 && plan.learningRate.isFinite
      ? nil : "a learning rate of \(plan.learningRate)"
  }

  private func train(
    _ set: TrainingSet, _ scaling: DenseScaling, _ kind: LearningTask.Kind,
    _ context: TrainingContext
  ) throws -> NetworkGroup<Network> {
    let tasks = set.tasks.indices.filter { set.tasks[$0].kind == kind }
    let rows = (0..<set.count).filter { row in tasks.contains { set.labels[$0][row] != nil } }
    let part = set.selecting(rows)
    let inputs = try inputs(
      of: part.compounds, dense: try scaling.tensor(of: part.compounds, using: context.pool),
      using: context.pool)
    let targets = try Targets(part, tasks: tasks)
    let examples = Trainer<Network>.Examples(inputs, targets)
    // Enough members keep all threads busy; else the threads share each step.
    let areApart = members >= context.pool.threads
    let (outer, inner) = (
      areApart ? context.pool : WorkerPool(threads: 1),
      areApart ? WorkerPool(threads: 1) : context.pool
    )
    let networks = try outer.map(throwing: members) { member in
      var plan = plan
      plan.loss =
        kind == .classification ? .logistic : targets.bounds == nil ? .squared : Self.boundedLoss
      plan.seed = SplitMix64.seed(context.seed, piece: member)
      let fresh = network(outputs: tasks.count, for: inputs, seed: plan.seed)
      var trainer = Trainer(fresh, plan: plan)
      while !trainer.isFinished {
        try context.check()
        trainer.runEpoch(on: examples, using: inner)
        // The first member speaks for all.
        if member == 0 {
          context.progress(Double(trainer.state.epochs) / Double(plan.epochs))
        }
      }
      guard trainer.result.parameters.tensors.allSatisfy(\.isFinite) else {
        throw FittingError.numerics(
          family: Self.name, reason: "the weights grew beyond all bounds: train more slowly")
      }
      return trainer.result
    }
    return NetworkGroup(kind: kind, tasks: tasks, networks: networks)
  }

  /// Reads every network.
  public func read(_ files: ModelFiles, tasks: [LearningTask]) throws -> FittedNetworks<Self> {
    let name = FittedNetworks<Self>.file
    if let flaw = flaw ?? commonFlaw { throw ModelError.damaged(file: name, reason: flaw) }
    let file = try files.tensors(name)
    let scaling: DenseScaling
    do { scaling = try DenseScaling(of: dense, reading: file) } catch {
      throw ModelError.damaged(file: name, reason: "\(error)")
    }
    let groups = try NetworkGroup<Network>.kinds(of: tasks).map { kind in
      let places = tasks.indices.filter { tasks[$0].kind == kind }
      let networks = try (0..<members).map { member in
        do {
          return try network(
            outputs: places.count, reading: file,
            prefix: NetworkGroup<Network>.prefix(kind, member))
        } catch { throw ModelError.damaged(file: name, reason: "\(error)") }
      }
      return NetworkGroup(kind: kind, tasks: places, networks: networks)
    }
    return FittedNetworks(
      family: self, scaling: scaling, groups: groups, taskCount: tasks.count)
  }
}

extension Targets {
  /// The labels of some tasks, missing ones without weight.
  init(_ set: TrainingSet, tasks: [Int]) throws(FittingError) {
    let shape: Shape = [set.count, tasks.count]
    var (values, weights, bounds) = (Tensor.zeros(shape), Tensor.zeros(shape), Tensor.zeros(shape))
    for (column, task) in tasks.enumerated() {
      let examples = try set.task(task)
      var place = 0
      for (row, label) in set.labels[task].enumerated() {
        guard let label else { continue }
        bounds[row, column] = label.relation == .equal ? 0 : label.relation == .above ? 1 : -1
        values[row, column] = Float(examples.targets[place])
        weights[row, column] = Float(examples.weights[place])
        place += 1
      }
    }
    self.init(
      values: values, weights: weights.elements.allSatisfy { $0 == 1 } ? nil : weights,
      bounds: bounds.elements.contains { $0 != 0 } ? bounds : nil)
  }
}
