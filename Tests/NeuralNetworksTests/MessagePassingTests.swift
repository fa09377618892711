import Foundation
import Parallelism
import Tensors
import Testing

@testable import NeuralNetworks

private func architecture(
  _ messages: MessageKind = .bonds, hidden: Int = 20, depth: Int = 3,
  aggregation: Aggregation = .norm(100), descriptors: Int = 0,
  outputs: Int = 2, activation: Activation = .relu, dropout: Float = 0
) -> MessagePassingNetwork.Architecture {
  .init(
    messages, nodeColumns: 5, edgeColumns: 3, hidden: hidden, depth: depth,
    aggregation: aggregation,
    descriptors: descriptors, predictorHidden: [7], outputs: outputs, activation: activation,
    dropout: dropout)
}

private func output(
  _ network: MessagePassingNetwork, _ input: GraphRows, _ mode: ForwardPass.Mode = .inference
) -> Tensor {
  var pass = ForwardPass(network.parameters, mode: mode)
  let value = network.output(of: input, in: &pass)
  return pass.graph.tensor(value)
}

@Suite("Message passing")
struct MessagePassingTests {
  @Test(
    "the output is that of the equations, arc by arc",
    arguments: [
      architecture(depth: 1), architecture(depth: 2, aggregation: .mean), architecture(),
      architecture(depth: 4, aggregation: .sum), architecture(aggregation: .attentive),
      architecture(.atoms), architecture(.atoms, depth: 1),
      architecture(.atoms, depth: 4, aggregation: .attentive),
    ])
  func equations(_ architecture: MessagePassingNetwork.Architecture) {
    let graphs = exampleGraphs(12, seed: 3)
    let network = MessagePassingNetwork(architecture, seed: 5)
    let found = output(network, GraphRows(GraphBatch(graphs)))
    for (row, graph) in graphs.enumerated() {
      for (column, value) in network.byEquations(graph).enumerated() {
        #expect(abs(Double(found[row, column]) - value) < 1e-5)
      }
    }
  }

  @Test(
    "sharing equal environments changes no bit",
    arguments: MessageKind.allCases, [Activation.relu, .silu, .tanh])
  func sharing(_ messages: MessageKind, _ activation: Activation) {
    let rows = GraphRows(GraphBatch(exampleGraphs(40, seed: 1)))
    var network = MessagePassingNetwork(
      architecture(messages, hidden: 33, activation: activation), seed: 2)
    let shared = output(network, rows)
    network.sharesEnvironments = false
    #expect(output(network, rows) == shared)
  }

  @Test func `equal environments are found, and different ones kept apart`() {
    // A chain of five like nodes has three different ones; its arcs two at first, then more.
    let chain = chainBatch([0, 0, 0, 0, 0])
    let all = Environments(of: chain, messages: .bonds, depth: 3, isShared: true)
    #expect(all.senders.rows == 1)
    #expect(all.steps.map(\.rows) == [2, 3])
    #expect(all.nodes.rows == 1)
    #expect(all.readout.rows == 3)
    #expect(all.members.indices.count == 5 && Set(all.members.indices).count == 3)
    let apart = Environments(of: chain, messages: .bonds, depth: 3, isShared: false)
    #expect(apart.steps.map(\.rows) == [6, 8])
    #expect(apart.readout.rows == 5)
    // Another kind of node at one end: nothing mirrors any more.
    let marked = Environments(
      of: chainBatch([0, 0, 0, 0, 1]), messages: .bonds, depth: 4, isShared: true)
    #expect(marked.readout.rows == 5)
  }

  @Test(
    "a graph has the same bits in any batch, at any place and however it is written",
    arguments: [
      architecture(), architecture(.atoms), architecture(depth: 5, aggregation: .attentive),
    ])
  func company(_ architecture: MessagePassingNetwork.Architecture) {
    var source = RandomSource(seed: 8)
    let graphs = exampleGraphs(30, seed: 4)
    let network = MessagePassingNetwork(architecture, seed: 2)
    let together = output(network, GraphRows(GraphBatch(graphs)))
    for (row, graph) in graphs.enumerated() {
      let alone = output(network, GraphRows(GraphBatch([graph.rewritten(using: &source)])))
      #expect(alone.elements == together.rows(row..<row + 1).elements)
    }
    let picked = GraphRows(GraphBatch(graphs)).selecting([7, 2, 7])
    #expect(output(network, picked).rows(2..<3).elements == together.rows(7..<8).elements)
  }

  @Test func `the predictor gives the network's output with any number of threads`() {
    let rows = GraphRows(GraphBatch(exampleGraphs(600, seed: 4)))
    let network = MessagePassingNetwork(architecture(hidden: 33), seed: 2)
    let predictor = GraphPredictor(network)
    let found = predictor.predict(rows)
    #expect(found == output(network, rows))
    #expect(found == predictor.predict(rows, on: WorkerPool(threads: 3)))
    #expect(predictor.fingerprints(rows).shape == [600, 33])
  }

  @Test func `a training learns, and resumes to the same weights with other threads`() throws {
    // The share of nodes of the first kind, which a mean over nodes can tell.
    func examples(_ seed: UInt64) -> Trainer<MessagePassingNetwork>.Examples {
      let graphs = exampleGraphs(150, seed: seed)
      let shares = graphs.map { graph in
        Float(graph.nodes.count { $0 == 0 }) / Float(graph.nodes.count)
      }
      return .init(GraphRows(GraphBatch(graphs)), Targets(shares))
    }
    let (training, held) = (examples(1), examples(2))
    let network = MessagePassingNetwork(
      architecture(aggregation: .mean, outputs: 1, dropout: 0.1), seed: 2)
    var plan = TrainingPlan.chemprop(epochs: 12, seed: 3)
    (plan.batchSize, plan.pieceSize, plan.learningRate) = (16, 6, 5e-3)
    var whole = Trainer(network, plan: plan)
    whole.run(on: training, validation: held)
    let losses = whole.state.history.compactMap(\.validationLoss)
    #expect(losses[11] < losses[0] / 2)

    var first = Trainer(network, plan: plan)
    for _ in 0..<5 {
      first.runEpoch(on: training, validation: held, using: WorkerPool(threads: 2))
    }
    let file = try Safetensors(decoding: first.state.checkpoint(of: plan).encoded())
    let state = try TrainerState(reading: file, for: network.parameters, plan: plan)
    var second = Trainer(network, plan: plan, resuming: state)
    second.run(on: training, validation: held, using: WorkerPool(threads: 3))
    #expect(second.state == whole.state)
  }

  @Test(
    "every weight's gradient agrees with central differences",
    arguments: [
      architecture(hidden: 6, activation: .tanh),
      architecture(hidden: 6, depth: 1, aggregation: .mean, activation: .tanh),
      architecture(hidden: 6, depth: 4, aggregation: .sum, descriptors: 2, activation: .silu),
      architecture(hidden: 6, activation: .tanh, dropout: 0.3),
      architecture(.atoms, hidden: 6, aggregation: .attentive, activation: .tanh),
      architecture(.atoms, hidden: 6, depth: 2, activation: .silu, dropout: 0.2),
    ])
  func gradients(_ architecture: MessagePassingNetwork.Architecture) {
    var network = MessagePassingNetwork(architecture, seed: 3)
    let graphs = GraphBatch(exampleGraphs(6, seed: 2))
    var source = RandomSource(seed: 1)
    let width = architecture.descriptors
    let rows = GraphRows(
      graphs,
      descriptors: width > 0 ? .uniform([6, width], within: 1, using: &source) : nil)
    let targets = Targets([[1, nil], [0, 2], [-1, 1], [nil, nil], [2, 0], [0.5, -1]])
    let mode = ForwardPass.Mode.training(seed: 4, step: 2)
    func loss() -> (Double, [Gradient]) {
      var pass = ForwardPass(network.parameters, mode: mode)
      let loss = network.loss(.squared, of: rows, against: targets, in: &pass)
      return (
        Double(pass.graph.tensor(loss).scalar), pass.graph.gradients(of: loss, with: pass.weights)
      )
    }
    let gradients = loss().1
    let step: Float = 1e-2
    for (place, name) in network.parameters.names.enumerated() {
      let slopes = gradients[place].dense
      for index in 0..<slopes.count {
        func shifted(_ shift: Float) -> Double {
          network.parameters.change(place) { tensor in
            var elements = tensor.elements
            elements[index] += shift
            tensor = Tensor(tensor.shape, elements)
          }
          defer {
            network.parameters.change(place) { tensor in
              var elements = tensor.elements
              elements[index] -= shift
              tensor = Tensor(tensor.shape, elements)
            }
          }
          return loss().0
        }
        let measured = (shifted(step) - shifted(-step)) / (2 * Double(step))
        let error = abs(Double(slopes.elements[index]) - measured)
        #expect(error < 3e-3 * max(0.3, abs(measured)), "\(name) \(index): \(measured)")
      }
    }
  }

  @Test func `dropout falls on each arc apart, and only while training`() {
    let rows = GraphRows(GraphBatch(exampleGraphs(10, seed: 6)))
    let network = MessagePassingNetwork(architecture(dropout: 0.4), seed: 3)
    let quiet = output(network, rows)
    #expect(quiet == output(network, rows))
    let noisy = output(network, rows, .training(seed: 1, step: 1))
    #expect(noisy != quiet)
    #expect(noisy == output(network, rows, .training(seed: 1, step: 1)))
    #expect(noisy != output(network, rows, .training(seed: 1, step: 2)))
  }
}

/// One graph whose nodes stand in a row.
private func chainBatch(_ kinds: [Int32]) -> GraphBatch {
  var source = RandomSource(seed: 1)
  var chain = ExampleGraph(nodes: 1, rings: 0, using: &source)
  chain.nodes = kinds
  chain.edges = (1..<Int32(kinds.count)).map { (($0 - 1, $0), 0) }
  return GraphBatch([chain])
}

extension MessagePassingNetwork {
  /// The output for one graph in double precision, written as the equations stand in the paper:
  /// sums before products, nothing shared.
  fileprivate func byEquations(_ graph: ExampleGraph) -> [Double] {
    let batch = GraphBatch([graph])
    func features(_ kinds: FeatureKinds, _ kind: Int32) -> [Double] {
      kinds.features.selecting([Int(kind)]).dense().elements.map(Double.init)
    }
    func times(_ x: [Double], _ name: String) -> [Double] {
      let weight = parameters[name]
      precondition(x.count == weight.rows)
      return (0..<weight.columns).map { column in
        x.indices.reduce(0) { $0 + x[$1] * Double(weight[$1, column]) }
      }
    }
    func plus(_ x: [Double], _ y: [Double]) -> [Double] { zip(x, y).map { $0 + $1 } }
    func bias(_ name: String) -> [Double] { parameters[name].elements.map(Double.init) }
    func relu(_ x: [Double]) -> [Double] { x.map { max(0, $0) } }
    let zero = [Double](repeating: 0, count: architecture.hidden)

    let arcs = graph.edges.flatMap { edge in
      [(edge.ends.0, edge.ends.1, edge.kind), (edge.ends.1, edge.ends.0, edge.kind)]
    }
    let isBonds = architecture.messages == .bonds
    let start = arcs.map { arc in
      let own = features(batch.nodeKinds, graph.nodes[Int(arc.0)])
      return times(
        isBonds ? own + features(batch.edgeKinds, arc.2) : own, "encoder.input.weight")
    }
    var hidden = start.map(relu)
    for _ in 1..<max(1, architecture.depth) {
      hidden = arcs.indices.map { arc in
        let incoming = arcs.indices.filter {
          arcs[$0].1 == arcs[arc].0 && !(isBonds && $0 == arc ^ 1)
        }
        var sum = times(incoming.reduce(zero) { plus($0, hidden[$1]) }, "encoder.hidden.weight")
        for other in incoming where !isBonds {
          sum = plus(
            sum, times(features(batch.edgeKinds, arcs[other].2), "encoder.hidden.edge_weight"))
        }
        return relu(plus(start[arc], sum))
      }
    }
    let nodes = graph.nodes.indices.map { node in
      let sum = arcs.indices.filter { arcs[$0].1 == Int32(node) }
        .reduce(zero) { plus($0, hidden[$1]) }
      return relu(
        plus(
          plus(
            times(features(batch.nodeKinds, graph.nodes[node]), "encoder.output.node_weight"),
            times(sum, "encoder.output.weight")), bias("encoder.output.bias")))
    }
    let weights: [Double] =
      switch architecture.aggregation {
      case .mean: nodes.map { _ in 1 / Double(nodes.count) }
      case .sum: nodes.map { _ in 1 }
      case .norm(let constant): nodes.map { _ in 1 / Double(constant) }
      case .attentive:
        softmax(
          nodes.map {
            plus(times($0, "encoder.attention.weight"), bias("encoder.attention.bias"))[0]
          })
      }
    let fingerprint = zip(nodes, weights).reduce(zero) { sum, part in
      plus(sum, part.0.map { $0 * part.1 })
    }
    let first = relu(plus(times(fingerprint, "predictor.0.weight"), bias("predictor.0.bias")))
    return plus(times(first, "predictor.1.weight"), bias("predictor.1.bias"))
  }
}

private func softmax(_ scores: [Double]) -> [Double] {
  let powers = scores.map { exp($0) }
  return powers.map { $0 / powers.reduce(0, +) }
}
