internal import Tensors

/// The tensors of a chemprop model, renamed and turned round: PyTorch keeps a weight as
/// `[outputs, inputs]`, we as `[inputs, outputs]`.
struct ChempropTensors {
  private let file: Safetensors

  init(_ file: Safetensors) { self.file = file }

  /// The architecture, from the notes and the shapes.
  func architecture(
    _ notes: ChempropNotes
  ) throws(ChempropError) -> MessagePassingNetwork.Architecture {
    let (start, step) = try (
      weight("message_passing.W_i.weight"), weight("message_passing.W_h.weight")
    )
    let (last, hidden) = try (weight("message_passing.W_o.weight"), start.columns)
    let nodeColumns = last.rows - hidden
    let edgeColumns =
      notes.messages == .bonds ? start.rows - nodeColumns : step.rows - hidden
    guard nodeColumns > 0, edgeColumns > 0, (1...64).contains(notes.depth), hidden > 0 else {
      throw .unsupported("weights of shapes \(start.shape), \(step.shape), \(last.shape)")
    }
    let widths = try predictorNames().map { name throws(ChempropError) in try weight(name) }
    guard widths[0].rows == hidden else { throw .unsupported("descriptors beside the graph") }
    guard widths.allSatisfy({ $0.columns > 0 }) else { throw .unsupported("empty layers") }
    return .init(
      notes.messages, nodeColumns: nodeColumns, edgeColumns: edgeColumns, hidden: hidden,
      depth: notes.depth, aggregation: try aggregation(notes),
      predictorHidden: widths.dropLast().map(\.columns), outputs: widths[widths.count - 1].columns,
      activation: try activation(notes))
  }

  /// The weights under our names, every shape checked against the network's.
  func parameters(of network: MessagePassingNetwork) throws(ChempropError) -> Parameters {
    let hidden = network.architecture.hidden
    var named: [String: Tensor] = [:]
    named["encoder.input.weight"] = try weight("message_passing.W_i.weight")
    let step = try weight("message_passing.W_h.weight")
    named["encoder.hidden.weight"] = step.rows(0..<min(hidden, step.rows))
    named["encoder.hidden.edge_weight"] = step.rows(min(hidden, step.rows)..<step.rows)
    let last = try weight("message_passing.W_o.weight")
    let seam = network.architecture.nodeColumns
    named["encoder.output.node_weight"] = last.rows(0..<seam)
    named["encoder.output.weight"] = last.rows(seam..<last.rows)
    named["encoder.output.bias"] = try tensor("message_passing.W_o.bias")
    if network.architecture.aggregation == .attentive {
      named["encoder.attention.weight"] = try weight("agg.W.weight")
      named["encoder.attention.bias"] = try tensor("agg.W.bias")
    }
    let names = try predictorNames()
    for (place, name) in names.enumerated() {
      var layer = try Layer(
        weight: weight(name), bias: tensor(name.dropLast("weight".count) + "bias"))
      if place == 0, file.tensors["bn.weight"] != nil { try layer.normalizeInputs(batchNorm()) }
      if place == names.count - 1, file.tensors["predictor.output_transform.mean"] != nil {
        try layer.scaleOutputs(
          by: tensor("predictor.output_transform.scale"),
          plus: tensor("predictor.output_transform.mean"))
      }
      named["predictor.\(place).weight"] = layer.weight
      named["predictor.\(place).bias"] = layer.bias
    }
    do throws(SafetensorsError) {
      return try network.parameters.reading(from: Safetensors(tensors: named))
    } catch { throw .tensor(error) }
  }

  private func aggregation(_ notes: ChempropNotes) throws(ChempropError) -> Aggregation {
    switch notes.aggregation {
    case "mean": return .mean
    case "sum": return .sum
    case "norm" where notes.norm > 0: return .norm(notes.norm)
    case "attentive": return .attentive
    default: throw .unsupported("the aggregation \(notes.aggregation)")
    }
  }

  private func activation(_ notes: ChempropNotes) throws(ChempropError) -> Activation {
    switch notes.activation {
    case "ReLU": return .relu
    case "Tanh": return .tanh
    default: throw .unsupported("the activation \(notes.activation)")
    }
  }

  /// `predictor.ffn.0.0.weight`, `predictor.ffn.1.2.weight`, …: later blocks begin with the
  /// activation and the dropout.
  private func predictorNames() throws(ChempropError) -> [String] {
    var names = ["predictor.ffn.0.0.weight"]
    while file.tensors["predictor.ffn.\(names.count).2.weight"] != nil {
      names.append("predictor.ffn.\(names.count).2.weight")
    }
    return names
  }

  private func weight(_ name: String) throws(ChempropError) -> Tensor {
    let tensor = try tensor(name)
    guard tensor.shape.extents.count == 2 else {
      throw .unsupported("\(name) of shape \(tensor.shape)")
    }
    return tensor.transposed()
  }

  private func tensor(_ name: String) throws(ChempropError) -> Tensor {
    guard let tensor = file.tensors[name] else { throw .tensor(.missing(name)) }
    return tensor
  }

  private func batchNorm() throws(ChempropError) -> (scale: [Float], shift: [Float]) {
    let (gain, bias) = try (tensor("bn.weight").elements, tensor("bn.bias").elements)
    let (mean, variance) = try (
      tensor("bn.running_mean").elements, tensor("bn.running_var").elements
    )
    guard Set([gain.count, bias.count, mean.count, variance.count]).count == 1 else {
      throw .unsupported("a batch normalisation of different widths")
    }
    // PyTorch's default for the number that keeps the root away from zero.
    let scale = gain.indices.map { gain[$0] / (variance[$0] + 1e-5).squareRoot() }
    return (scale, scale.indices.map { bias[$0] - mean[$0] * scale[$0] })
  }
}

/// A linear layer that takes over linear steps beside it.
private struct Layer {
  var weight: Tensor
  var bias: Tensor

  /// Takes over `scale · x + shift` of its inputs.
  mutating func normalizeInputs(
    _ step: (scale: [Float], shift: [Float])
  ) throws(ChempropError) {
    guard step.scale.count == weight.rows, bias.count == weight.columns else {
      throw .unsupported("a batch normalisation of another width")
    }
    var moved = bias.elements
    for row in 0..<weight.rows {
      for column in 0..<weight.columns {
        moved[column] += step.shift[row] * weight[row, column]
        weight[row, column] *= step.scale[row]
      }
    }
    bias = Tensor(bias.shape, moved)
  }

  /// Takes over `scale · y + mean` of its outputs.
  mutating func scaleOutputs(by scale: Tensor, plus mean: Tensor) throws(ChempropError) {
    guard scale.count == weight.columns, mean.count == weight.columns,
      bias.count == weight.columns
    else { throw .unsupported("a scaling of another width") }
    for row in 0..<weight.rows {
      for column in 0..<weight.columns { weight[row, column] *= scale.elements[column] }
    }
    bias = Tensor(
      bias.shape,
      bias.elements.indices.map {
        bias.elements[$0] * scale.elements[$0] + mean.elements[$0]
      })
  }
}
