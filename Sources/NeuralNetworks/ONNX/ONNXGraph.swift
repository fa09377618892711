internal import Tensors

/// A computation in the words of ONNX, opset 18 (onnx.ai), while it is put together.
///
/// Values are names. Field numbers are those of `onnx.proto3`.
struct ONNXGraph {
  /// An attribute of a node.
  enum Attribute {
    case number(Int)
    case float(Float)
    case text(String)
  }

  private var nodes: [[UInt8]] = []
  private var initializers: [[UInt8]] = []
  private var inputs: [[UInt8]] = []
  private var names: Set<String> = []

  private enum NumberKind: Int {
    case float = 1
    case int64 = 7
  }

  /// An input of floats or of whole numbers; an extent is a number or a name of what varies.
  mutating func input(_ name: String, integers: Bool = false, _ extents: [String]) -> String {
    inputs.append(Self.valueInfo(name, integers ? .int64 : .float, extents))
    return name
  }

  /// A tensor of weights.
  mutating func weight(_ name: String, _ tensor: Tensor) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(4 * tensor.count)
    for element in tensor.elements {
      let bits = element.bitPattern
      for shift in stride(from: UInt32(0), to: 32, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: bits >> shift))
      }
    }
    initialize(name, .float, tensor.shape.extents, bytes)
    return name
  }

  /// Whole numbers, a vector, or without brackets a single one.
  mutating func integers(_ name: String, _ values: [Int], isScalar: Bool = false) -> String {
    let bytes = values.flatMap { value in
      stride(from: 0, to: 64, by: 8).map { UInt8(truncatingIfNeeded: value >> $0) }
    }
    initialize(name, .int64, isScalar ? [] : [values.count], bytes)
    return name
  }

  /// Adds a node; its only output gets a name of its own, made from the operation's.
  mutating func apply(
    _ operation: String, _ inputs: [String], _ attributes: [(String, Attribute)] = [],
    named name: String? = nil
  ) -> String {
    let output = name ?? "\(operation.lowercased()).\(nodes.count)"
    precondition(names.insert(output).inserted, "two values named \(output)")
    var node = ProtocolBuffer()
    for input in inputs { node.add(1, input) }
    node.add(2, output)
    node.add(3, output)
    node.add(4, operation)
    for (key, value) in attributes {
      node.add(5) { attribute in
        attribute.add(1, key)
        switch value {
        case .float(let number):
          attribute.add(2, number)
          attribute.add(20, 1)
        case .number(let number):
          attribute.add(3, number)
          attribute.add(20, 2)
        case .text(let text):
          attribute.add(4, text)
          attribute.add(20, 3)
        }
      }
    }
    nodes.append(node.bytes)
    return output
  }

  /// The file's bytes.
  func encoded(
    output: String, extents: [String], notes: [String: String]
  ) -> [UInt8] {
    var model = ProtocolBuffer()
    model.add(1, 8)  // The version of the format; opset 18 came with it.
    model.add(2, "osong")
    model.add(7) { graph in
      for node in nodes { graph.add(1, node) }
      graph.add(2, "network")
      for tensor in initializers { graph.add(5, tensor) }
      for input in inputs { graph.add(11, input) }
      graph.add(12, Self.valueInfo(output, .float, extents))
    }
    model.add(8) { opset in
      opset.add(1, "")
      opset.add(2, 18)
    }
    for (key, value) in notes.sorted(by: { $0.key < $1.key }) {
      model.add(14) { note in
        note.add(1, key)
        note.add(2, value)
      }
    }
    return model.bytes
  }

  private mutating func initialize(
    _ name: String, _ kind: NumberKind, _ extents: [Int], _ bytes: [UInt8]
  ) {
    precondition(names.insert(name).inserted, "two values named \(name)")
    var tensor = ProtocolBuffer()
    for extent in extents { tensor.add(1, extent) }
    tensor.add(2, kind.rawValue)
    tensor.add(8, name)
    tensor.add(9, bytes)
    initializers.append(tensor.bytes)
  }

  private static func valueInfo(_ name: String, _ kind: NumberKind, _ extents: [String]) -> [UInt8]
  {
    var info = ProtocolBuffer()
    info.add(1, name)
    info.add(2) { type in
      type.add(1) { tensor in
        tensor.add(1, kind.rawValue)
        tensor.add(2) { shape in
          for extent in extents {
            shape.add(1) { dimension in
              if let number = Int(extent) {
                dimension.add(1, number)
              } else {
                dimension.add(2, extent)
              }
            }
          }
        }
      }
    }
    return info.bytes
  }
}

extension ONNXGraph {
  /// `x · weight + bias` with parameters of the network.
  mutating func linear(
    _ x: String, _ parameters: Parameters, weight: String, bias: String?
  ) -> String {
    var operands = [x, self.weight(weight, parameters[weight])]
    if let bias { operands.append(self.weight(bias, parameters[bias])) }
    return apply("Gemm", operands)
  }

  /// The function between two layers.
  mutating func activation(_ function: Activation, _ x: String) -> String {
    switch function {
    case .relu: return apply("Relu", [x])
    case .tanh: return apply("Tanh", [x])
    case .silu: return apply("Mul", [x, apply("Sigmoid", [x])])
    }
  }
}
