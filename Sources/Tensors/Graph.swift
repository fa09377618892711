/// A value inside a graph: a name for a tensor that can be differentiated by.
public struct Value: Hashable, Sendable {
  let index: Int
}

/// A record of a computation, from which gradients are derived backwards.
///
/// Operations run as they are recorded. Nothing is ever stored into a parameter: `gradients`
/// returns the slopes as values, and the graph can be thrown away or asked again.
public struct Graph: Sendable {
  private struct Node {
    let operation: Operation?
    let inputs: [Int]
    let outcome: Outcome
    /// Whether a parameter stands somewhere above.
    let isVariable: Bool
  }

  private var nodes: [Node] = []

  /// An empty graph.
  public init() {}

  /// Adds a tensor that no gradient is wanted for.
  public mutating func constant(_ tensor: Tensor) -> Value {
    append(Node(operation: nil, inputs: [], outcome: Outcome(value: tensor), isVariable: false))
  }

  /// Adds a tensor that gradients may be asked for.
  public mutating func parameter(_ tensor: Tensor) -> Value {
    append(Node(operation: nil, inputs: [], outcome: Outcome(value: tensor), isVariable: true))
  }

  /// Computes and records an operation.
  public mutating func apply(_ operation: Operation, _ inputs: Value...) -> Value {
    apply(operation, inputs)
  }

  /// Computes and records an operation over a list of inputs.
  public mutating func apply(_ operation: Operation, _ inputs: [Value]) -> Value {
    let tensors = inputs.map { nodes[$0.index].outcome.value }
    return append(
      Node(
        operation: operation, inputs: inputs.map(\.index), outcome: operation.forward(tensors),
        isVariable: inputs.contains { nodes[$0.index].isVariable }))
  }

  /// The tensor behind a value.
  public func tensor(_ value: Value) -> Tensor { nodes[value.index].outcome.value }

  /// The slopes of a scalar by each parameter, in the parameters' order.
  ///
  /// A parameter the loss does not depend on has a gradient of zeros.
  /// - Parameter factor: a factor on all slopes.
  public func gradients(
    of loss: Value, with parameters: [Value], times factor: Float = 1
  ) -> [Gradient] {
    precondition(tensor(loss).count == 1, "the gradient of \(tensor(loss).shape), not of a scalar")
    var slopes = [Gradient?](repeating: nil, count: loss.index + 1)
    let kept = Set(parameters.map(\.index))
    slopes[loss.index] = .dense(Tensor(tensor(loss).shape, [factor]))
    for index in stride(from: loss.index, through: 0, by: -1) {
      let node = nodes[index]
      guard let operation = node.operation, node.isVariable, let slope = slopes[index] else {
        continue
      }
      if !kept.contains(index) { slopes[index] = nil }
      let inputs = node.inputs.map { nodes[$0].outcome.value }
      for (input, pull) in zip(node.inputs, operation.pulls(inputs, node.outcome, slope.dense))
      where nodes[input].isVariable {
        let part = pull()
        slopes[input] = slopes[input].map { $0 + part } ?? part
      }
    }
    return parameters.map { parameter in
      if parameter.index <= loss.index, let slope = slopes[parameter.index] { return slope }
      return .dense(.zeros(tensor(parameter).shape))
    }
  }

  private mutating func append(_ node: Node) -> Value {
    nodes.append(node)
    return Value(index: nodes.count - 1)
  }
}
