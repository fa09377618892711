import NeuralNetworks
import Parallelism
import Tensors
import Testing

private let architecture = MultilayerPerceptron.Architecture(
  sparseColumns: 64, hidden: [32, 16], dropout: 0.1, inputDropout: 0.05)
private typealias Examples = Trainer<MultilayerPerceptron>.Examples

private func examples(_ count: Int, seed: UInt64, tasks: Int = 1) -> Examples {
  let (inputs, targets) = learnableRows(count, seed: seed, tasks: tasks)
  return Examples(inputs, targets)
}

private func meanSquare(_ network: MultilayerPerceptron, _ set: Examples) -> Float {
  let found = Predictor(network).predict(set.inputs)
  return zip(found.elements, set.targets.values.elements)
    .reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / Float(found.count)
}

@Test func `a learnable function is learned on rows not seen`() {
  let (training, held) = (examples(800, seed: 1), examples(200, seed: 2))
  let untrained = MultilayerPerceptron(architecture, seed: 1)
  var trainer = Trainer(
    untrained,
    plan: TrainingPlan(
      epochs: 30, batchSize: 32, learningRate: 5e-3,
      schedule: .warmUpCosine(warmUp: 0.1, last: 0), weightDecay: .decoupled(0.01),
      gradientLimit: 5))
  trainer.run(on: training)
  #expect(meanSquare(untrained, held) > 0.5)
  #expect(meanSquare(trainer.result, held) < 0.15)
}

@Test(
  "every loss goes down, with missing labels",
  arguments: [
    Loss.squared, .huber(delta: 1), .logistic, .gaussian,
  ])
func lossGoesDown(_ loss: Loss) {
  var set = examples(300, seed: 1, tasks: 2)
  if loss == .logistic {
    let labels = set.targets.values.elements.map { Float($0 > 0 ? 1 : 0) }
    set = Examples(
      set.inputs,
      Targets(values: Tensor(set.targets.values.shape, labels), weights: set.targets.weights))
  }
  var wide = architecture
  wide.outputs = 2 * loss.inputCount
  var trainer = Trainer(
    MultilayerPerceptron(wide, seed: 1),
    plan: TrainingPlan(epochs: 12, batchSize: 32, loss: loss, learningRate: 3e-3))
  trainer.run(on: set)
  let losses = trainer.state.history.map(\.trainingLoss)
  #expect(losses[11] < losses[0] - 0.1 * abs(losses[0]))
}

@Test func `an interrupted training resumes to the same weights, through a file`() throws {
  let plan = TrainingPlan(
    epochs: 6, batchSize: 32, schedule: .warmUpExponential(warmUp: 0.2, first: 0.1, last: 0.1),
    patience: 5, seed: 11)
  let (training, held) = (examples(200, seed: 1), examples(50, seed: 2))
  let network = MultilayerPerceptron(architecture, seed: 1)
  var whole = Trainer(network, plan: plan)
  whole.run(on: training, validation: held)

  var first = Trainer(network, plan: plan)
  var epochs = 0
  first.run(
    on: training, validation: held, shouldStop: { epochs == 3 }, progress: { _, _ in epochs += 1 })
  #expect(first.state.epochs == 3)
  let file = try Safetensors(decoding: first.state.checkpoint(of: plan).encoded())
  let state = try TrainerState(reading: file, for: network.parameters, plan: plan)
  #expect(state == first.state)
  var second = Trainer(network, plan: plan, resuming: state)
  second.run(on: training, validation: held)
  #expect(second.state == whole.state)
  #expect(second.result == whole.result)
}

@Test(
  "threads change no bit, and pieces hardly any", arguments: [Loss.squared, .logistic])
func pieces(_ loss: Loss) {
  var set = examples(150, seed: 1, tasks: 2)
  if loss == .logistic {
    let labels = set.targets.values.elements.map { Float($0 > 0 ? 1 : 0) }
    set = Examples(
      set.inputs,
      Targets(values: Tensor(set.targets.values.shape, labels), weights: set.targets.weights))
  }
  func trained(pieceSize: Int?, threads: Int, dropout: Float) -> MultilayerPerceptron {
    var quiet = architecture
    (quiet.outputs, quiet.dropout, quiet.inputDropout) = (2, dropout, 0)
    var trainer = Trainer(
      MultilayerPerceptron(quiet, seed: 1),
      plan: TrainingPlan(epochs: 3, batchSize: 40, pieceSize: pieceSize, loss: loss, seed: 4))
    trainer.run(on: set, validation: set, using: WorkerPool(threads: threads))
    return trainer.result
  }
  #expect(
    trained(pieceSize: 12, threads: 1, dropout: 0.2)
      == trained(pieceSize: 12, threads: 3, dropout: 0.2))
  let whole = trained(pieceSize: nil, threads: 1, dropout: 0)
  let parts = trained(pieceSize: 12, threads: 1, dropout: 0)
  for (a, b) in zip(whole.parameters.tensors, parts.parameters.tensors) {
    for (x, y) in zip(a.elements, b.elements) { #expect(abs(x - y) < 1e-4) }
  }
}

@Test func `a checkpoint of another plan or network is refused`() throws {
  let plan = TrainingPlan(epochs: 1)
  let network = MultilayerPerceptron(architecture, seed: 1)
  let file = try Trainer(network, plan: plan).state.checkpoint(of: plan)
  #expect(throws: CheckpointError.otherPlan) {
    try TrainerState(reading: file, for: network.parameters, plan: TrainingPlan(epochs: 2))
  }
  let other = MultilayerPerceptron(.init(sparseColumns: 64, hidden: [8]), seed: 1)
  #expect(throws: CheckpointError.self) {
    try TrainerState(reading: file, for: other.parameters, plan: plan)
  }
  #expect(throws: CheckpointError.unreadableNotes) {
    try TrainerState(
      reading: Safetensors(tensors: file.tensors), for: network.parameters, plan: plan)
  }
}

@Test func `training stops when validation no longer improves and keeps the best weights`() {
  // Targets of pure noise: what is learned on one half only hurts on the other.
  func noise(_ seed: UInt64) -> Examples {
    var source = RandomSource(seed: seed)
    let inputs = learnableRows(60, seed: seed).0
    return Examples(inputs, Targets((0..<60).map { _ in source.unit() }))
  }
  let (training, held) = (noise(1), noise(2))
  var trainer = Trainer(
    MultilayerPerceptron(architecture, seed: 1),
    plan: TrainingPlan(epochs: 200, batchSize: 16, learningRate: 1e-2, patience: 4))
  trainer.run(on: training, validation: held)
  let history = trainer.state.history
  #expect(history.count < 200)
  let best = trainer.state.bestReport?.validationLoss ?? .nan
  #expect(best == history.compactMap(\.validationLoss).min())
  #expect(trainer.state.epochsSinceBest == 4)
  #expect(abs(Double(meanSquare(trainer.result, held)) - best) < 1e-5)
}

@Test func `a network that is not a perceptron can be trained too`() {
  var trainer = Trainer(Line(), plan: TrainingPlan(epochs: 300, batchSize: 4, learningRate: 0.05))
  let points = Points(x: Tensor([4, 1], [0, 1, 2, 3]))
  trainer.run(on: .init(points, Targets([1, 3, 5, 7])))
  let parameters = trainer.result.parameters
  #expect(abs(parameters["line.weight"].elements[0] - 2) < 0.05)
  #expect(abs(parameters["line.bias"].elements[0] - 1) < 0.05)
}

private struct Points: BatchSource {
  let x: Tensor
  var rows: Int { x.rows }
  func selecting(_ chosen: some Collection<Int>) -> Points { Points(x: x.selectingRows(chosen)) }
}

private struct Line: TrainableNetwork {
  let layer = Linear("line", inputs: 1, outputs: 1)
  var parameters: Parameters = {
    var parameters = Parameters()
    var source = RandomSource(seed: 1)
    Linear("line", inputs: 1, outputs: 1).initialize(&parameters, using: &source)
    return parameters
  }()
  func output(of input: Points, in pass: inout ForwardPass) -> Value {
    layer(pass.graph.constant(input.x), in: &pass)
  }
}
