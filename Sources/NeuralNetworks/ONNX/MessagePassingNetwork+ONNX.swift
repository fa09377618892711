internal import Tensors

extension MessagePassingNetwork {
  /// The network as an ONNX file of opset 18.
  ///
  /// Inputs: `atoms` `[atoms, columns]` and `arcs` `[arcs, columns]`, the features of atoms and of
  /// the bond of each arc; `source`, `target` and `reverse` `[arcs]`, the atom an arc leaves, the
  /// one it leads to and the arc back; `molecule` `[atoms]`, ascending from 0; where the network has
  /// some, `descriptors` `[molecules, columns]`. Output `outputs`, shape `[molecules, outputs]`.
  /// `GraphBatch.arcTables` makes them; every molecule must have an atom. Dropout is left out.
  public func onnx(notes: [String: String] = [:]) -> [UInt8] {
    var writer = MessageWriter(self)
    var x = writer.fingerprints()
    if architecture.descriptors > 0 {
      let descriptors = writer.graph.input(
        "descriptors", ["molecules", "\(architecture.descriptors)"])
      x = writer.graph.apply("Concat", [x, descriptors], [("axis", .number(1))])
    }
    for (index, layer) in predictor.enumerated() {
      if index > 0 { x = writer.graph.activation(architecture.activation, x) }
      x = writer.graph.linear(
        x, parameters, weight: "\(layer.name).weight", bias: "\(layer.name).bias")
    }
    let output = writer.graph.apply("Identity", [x], named: "outputs")
    return writer.graph.encoded(
      output: output, extents: ["molecules", "\(architecture.outputs)"], notes: notes)
  }
}

/// Writes the part of a network that reads the graphs, in the equations' own order.
private struct MessageWriter {
  var graph = ONNXGraph()
  private let network: MessagePassingNetwork
  private let source, target, reverse, molecule: String
  private let atoms, arcs: String
  private let zero, one, column: String

  init(_ network: MessagePassingNetwork) {
    self.network = network
    let architecture = network.architecture
    atoms = graph.input("atoms", ["atoms", "\(architecture.nodeColumns)"])
    arcs = graph.input("arcs", ["arcs", "\(architecture.edgeColumns)"])
    source = graph.input("source", integers: true, ["arcs"])
    target = graph.input("target", integers: true, ["arcs"])
    reverse = graph.input("reverse", integers: true, ["arcs"])
    molecule = graph.input("molecule", integers: true, ["atoms"])
    zero = graph.integers("zero", [0])
    one = graph.integers("one", [1])
    column = graph.integers("column", [-1])
  }

  mutating func fingerprints() -> String {
    let architecture = network.architecture
    var base: String
    var hidden: String
    switch architecture.messages {
    case .bonds:
      let features = graph.apply(
        "Concat", [gathered(atoms, source), arcs], [("axis", .number(1))])
      base = product(features, "encoder.input.weight")
      hidden = graph.activation(architecture.activation, base)
    case .atoms:
      base = product(atoms, "encoder.input.weight")
      hidden = graph.activation(architecture.activation, base)
      let surroundings = summed(arcs, by: target, like: atoms)
      base = graph.apply("Add", [base, product(surroundings, "encoder.hidden.edge_weight")])
    }
    if architecture.depth > 1 {
      let weight = graph.weight(
        "encoder.hidden.weight", network.parameters["encoder.hidden.weight"])
      for _ in 1..<architecture.depth {
        var messages = collected(hidden)
        if architecture.messages == .bonds {
          messages = graph.apply("Sub", [gathered(messages, source), gathered(hidden, reverse)])
        }
        let step = graph.apply("Add", [base, graph.apply("MatMul", [messages, weight])])
        hidden = graph.activation(architecture.activation, step)
      }
    }
    let own = graph.linear(
      atoms, network.parameters, weight: "encoder.output.node_weight",
      bias: "encoder.output.bias")
    let sum = graph.apply("Add", [own, product(collected(hidden), "encoder.output.weight")])
    return aggregated(graph.activation(architecture.activation, sum))
  }

  /// What arrives at each atom.
  private mutating func collected(_ hidden: String) -> String {
    let perArc = network.architecture.messages == .bonds ? hidden : gathered(hidden, source)
    return summed(perArc, by: target, like: atoms)
  }

  private mutating func aggregated(_ vectors: String) -> String {
    let last = graph.apply("ReduceMax", [molecule], [("keepdims", .number(1))])
    let count = graph.apply("Add", [last, one])
    switch network.architecture.aggregation {
    case .sum: return summed(vectors, by: molecule, rows: count)
    case .norm(let constant):
      let divisor = graph.weight("norm", Tensor(constant))
      return graph.apply("Div", [summed(vectors, by: molecule, rows: count), divisor])
    case .mean:
      let ones = filled(graph.apply("Concat", [rows(of: vectors), one], [("axis", .number(0))]), 1)
      let counts = summed(ones, by: molecule, rows: count)
      return graph.apply("Div", [summed(vectors, by: molecule, rows: count), counts])
    case .attentive:
      let scores = graph.linear(
        vectors, network.parameters, weight: "encoder.attention.weight",
        bias: "encoder.attention.bias")
      let lowest = filled(
        graph.apply("Concat", [count, one], [("axis", .number(0))]), -Float.greatestFiniteMagnitude)
      let largest = scattered(scores, by: molecule, onto: lowest, "max")
      let shifted = graph.apply("Sub", [scores, gathered(largest, molecule)])
      let weights = graph.apply("Exp", [shifted])
      let total = summed(weights, by: molecule, rows: count)
      let weighted = summed(
        graph.apply("Mul", [vectors, weights]), by: molecule, rows: count)
      return graph.apply("Div", [weighted, total])
    }
  }

  private mutating func product(_ x: String, _ name: String) -> String {
    graph.apply("MatMul", [x, graph.weight(name, network.parameters[name])])
  }

  private mutating func gathered(_ x: String, _ rows: String) -> String {
    graph.apply("Gather", [x, rows], [("axis", .number(0))])
  }

  private mutating func rows(of x: String) -> String {
    graph.apply("Slice", [graph.apply("Shape", [x]), zero, one])
  }

  /// Lets `x` fall on the rows that `group` names, in the way of `reduction`.
  ///
  /// By elements, not by rows: onnxruntime's `ScatterND` shares rows out among threads and loses sums
  /// where two write to one.
  private mutating func scattered(
    _ x: String, by group: String, onto start: String, _ reduction: String
  ) -> String {
    let column = graph.apply("Unsqueeze", [group, column])
    let places = graph.apply("Expand", [column, graph.apply("Shape", [x])])
    return graph.apply(
      "ScatterElements", [start, places, x],
      [("axis", .number(0)), ("reduction", .text(reduction))])
  }

  private mutating func filled(_ shape: String, _ value: Float) -> String {
    let constant = graph.weight("fill.\(shape)", Tensor(value))
    return graph.apply("Expand", [constant, shape])
  }

  private mutating func summed(_ x: String, by group: String, like other: String) -> String {
    summed(x, by: group, rows: rows(of: other))
  }

  /// The sum of the rows of each group.
  private mutating func summed(_ x: String, by group: String, rows: String) -> String {
    let width = graph.apply(
      "Slice", [graph.apply("Shape", [x]), one, graph.apply("Add", [one, one])])
    let zeros = filled(graph.apply("Concat", [rows, width], [("axis", .number(0))]), 0)
    return scattered(x, by: group, onto: zeros, "add")
  }
}
