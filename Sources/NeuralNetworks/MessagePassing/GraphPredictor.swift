public import Parallelism
public import Tensors

/// A message-passing network at prediction.
///
/// Every graph's prediction depends on that graph alone, to the last bit: not on its company, its
/// place, the order of its nodes, or the threads. Work goes in blocks of graphs, so memory beyond
/// the output is constant.
public struct GraphPredictor: Sendable {
  /// The graphs of a block: the more, the more environments they share; the fewer, the nearer the
  /// hidden vectors stay.
  static let blockGraphs = 256

  private let network: MessagePassingNetwork

  /// Takes a network.
  public init(_ network: MessagePassingNetwork) { self.network = network }

  /// The network's outputs, shape `[graphs, outputs]`.
  ///
  /// - Complexity: O(different environments × hidden² + arcs × hidden)
  public func predict(
    _ input: GraphRows, on pool: WorkerPool = WorkerPool(threads: 1)
  ) -> Tensor {
    rows(of: input, on: pool, width: network.architecture.outputs) { block, pass in
      network.output(of: block, in: &pass)
    }
  }

  /// The learned fingerprints, shape `[graphs, hidden]`: what the predictor of the network reads.
  public func fingerprints(
    _ input: GraphRows, on pool: WorkerPool = WorkerPool(threads: 1)
  ) -> Tensor {
    rows(of: input, on: pool, width: network.architecture.hidden) { block, pass in
      network.fingerprints(of: block.graphs, in: &pass)
    }
  }

  private func rows(
    of input: GraphRows, on pool: WorkerPool, width: Int,
    _ value: @Sendable (GraphRows, inout ForwardPass) -> Value
  ) -> Tensor {
    let blocks = (input.rows + Self.blockGraphs - 1) / Self.blockGraphs
    let parts = pool.map(blocks) { block in
      let start = block * Self.blockGraphs
      var pass = ForwardPass(network.parameters, mode: .inference)
      let result = value(
        input.selecting(start..<min(input.rows, start + Self.blockGraphs)), &pass)
      return pass.graph.tensor(result).elements
    }
    return Tensor([input.rows, width], Array(parts.joined()))
  }
}
