public import Tensors

extension MessagePassingNetwork: TrainableNetwork {
  /// The output for a batch, shape `[graphs, outputs]`.
  public func output(of input: GraphRows, in pass: inout ForwardPass) -> Value {
    precondition(
      input.descriptorCount == architecture.descriptors,
      "\(input.descriptorCount) descriptors for \(architecture.descriptors)")
    var x = fingerprints(of: input.graphs, in: &pass)
    if let descriptors = input.descriptors {
      x = pass.graph.apply(.joinColumns, x, pass.graph.constant(descriptors))
    }
    let dropout = Dropout(rate: architecture.dropout)
    for (index, layer) in predictor.enumerated() {
      if index > 0 {
        x = pass.graph.apply(.elementwise(architecture.activation.function), x)
        x = dropout(x, in: &pass)
      }
      x = layer(x, in: &pass)
    }
    return x
  }

  /// The learned fingerprints of graphs, shape `[graphs, hidden]`.
  func fingerprints(of batch: GraphBatch, in pass: inout ForwardPass) -> Value {
    // Noise must fall on each arc apart, so equal arcs are no longer equal under dropout.
    let isShared = sharesEnvironments && (architecture.dropout == 0 || pass.mode == .inference)
    let environments = Environments(
      of: batch, messages: architecture.messages, depth: architecture.depth, isShared: isShared)
    let function = architecture.activation.function
    let dropout = Dropout(rate: architecture.dropout)

    var base = pass.graph.apply(
      .sparseProduct(environments.senders), pass["encoder.input.weight"])
    var hidden = pass.graph.apply(.elementwise(function), base)
    if let surroundings = environments.surroundings {
      let edges = pass.graph.apply(
        .sparseProduct(environments.edges), pass["encoder.hidden.edge_weight"])
      base = pass.graph.apply(.neighbourSum(surroundings, .identity), base, edges)
    }
    for step in environments.steps {
      let messages = pass.product(hidden, by: "encoder.hidden.weight")
      hidden = pass.graph.apply(.neighbourSum(step, function), base, messages)
      hidden = dropout(hidden, in: &pass)
    }
    let messages = pass.product(hidden, by: "encoder.output.weight")
    let own = pass.graph.apply(
      .sparseProduct(environments.nodes), pass["encoder.output.node_weight"])
    base = pass.graph.apply(.addBias, own, pass["encoder.output.bias"])
    var nodes = pass.graph.apply(.neighbourSum(environments.readout, function), base, messages)
    nodes = dropout(nodes, in: &pass)
    if architecture.aggregation == .attentive {
      let scores = pass.product(nodes, by: "encoder.attention.weight")
      let shifted = pass.graph.apply(.addBias, scores, pass["encoder.attention.bias"])
      return pass.graph.apply(.attention(environments.members), nodes, shifted)
    }
    let weights = architecture.aggregation.weights(of: environments.members)
    return pass.graph.apply(.sparseProduct(weights), nodes)
  }
}
