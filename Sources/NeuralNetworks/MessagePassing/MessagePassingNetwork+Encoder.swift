public import Tensors

extension MessagePassingNetwork {
  /// The weights that read the graphs, without those of the predictor, as a file's content.
  public var encoder: Safetensors {
    Safetensors(
      tensors: parameters.named().filter { $0.key.hasPrefix("encoder.") },
      metadata: ["kind": "message-passing encoder"])
  }

  /// A network whose encoder begins with the weights of a pre-trained one, its predictor at random.
  ///
  /// Every weight of the encoder must be there in its shape; attention, which no encoder that was
  /// trained without it has, begins at random.
  public init(
    _ architecture: Architecture, encoder file: Safetensors, seed: UInt64
  ) throws(SafetensorsError) {
    self.init(architecture, seed: seed)
    var merged = Safetensors(tensors: parameters.named())
    for name in parameters.names where name.hasPrefix("encoder.") {
      if file.tensors[name] == nil, name.hasPrefix("encoder.attention.") { continue }
      merged.tensors[name] = try file.tensor(name, shape: parameters[name].shape)
    }
    parameters = try parameters.reading(from: merged)
  }
}
