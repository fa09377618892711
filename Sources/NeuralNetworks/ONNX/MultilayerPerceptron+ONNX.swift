internal import Tensors

extension MultilayerPerceptron {
  /// The network as an ONNX file of opset 18.
  ///
  /// Inputs `fingerprints`, shape `[rows, columns]`, the values written out with their zeros, and
  /// where the network has some `features`, shape `[rows, features]`; output `outputs`, shape
  /// `[rows, outputs]`. Dropout is left out.
  public func onnx(notes: [String: String] = [:]) -> [UInt8] {
    var graph = ONNXGraph()
    let fingerprints = graph.input("fingerprints", ["rows", "\(architecture.sparseColumns)"])
    var x = graph.linear(
      fingerprints, parameters, weight: "layers.0.weight", bias: "layers.0.bias")
    if architecture.denseFeatures > 0 {
      let features = graph.input("features", ["rows", "\(architecture.denseFeatures)"])
      x = graph.apply(
        "Add",
        [x, graph.linear(features, parameters, weight: "layers.0.feature_weight", bias: nil)])
    }
    for (index, layer) in later.enumerated() {
      if architecture.layerNorm {
        let name = norms[index].name
        x = graph.apply(
          "LayerNormalization",
          [
            x, graph.weight("\(name).weight", parameters["\(name).weight"]),
            graph.weight("\(name).bias", parameters["\(name).bias"]),
          ], [("axis", .number(-1)), ("epsilon", .float(LayerNorm.epsilon))])
      }
      x = graph.activation(architecture.activation, x)
      x = graph.linear(x, parameters, weight: "\(layer.name).weight", bias: "\(layer.name).bias")
    }
    let output = graph.apply("Identity", [x], named: "outputs")
    return graph.encoded(
      output: output, extents: ["rows", "\(architecture.outputs)"], notes: notes)
  }
}
