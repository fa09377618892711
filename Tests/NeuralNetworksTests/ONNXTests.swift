import Tensors
import Testing

@testable import NeuralNetworks

/// The fields of a message of Protocol Buffers: numbers, and bytes.
private struct Message {
  var numbers: [Int: [UInt64]] = [:]
  var parts: [Int: [[UInt8]]] = [:]

  init(_ bytes: [UInt8]) throws {
    var rest = bytes[...]
    func varint() throws -> UInt64 {
      var (value, shift) = (UInt64(0), UInt64(0))
      while true {
        let next = rest.popFirst()
        let byte = try #require(next)
        value |= UInt64(byte & 0x7f) << shift
        if byte < 0x80 { return value }
        shift += 7
      }
    }
    while !rest.isEmpty {
      let key = try varint()
      let field = Int(key >> 3)
      switch key & 7 {
      case 0: numbers[field, default: []].append(try varint())
      case 5:
        try #require(rest.count >= 4)
        rest.removeFirst(4)
      default:
        try #require(key & 7 == 2)
        let count = Int(try varint())
        try #require(count <= rest.count)
        parts[field, default: []].append(Array(rest.prefix(count)))
        rest.removeFirst(count)
      }
    }
  }

  func texts(_ field: Int) -> [String] {
    (parts[field] ?? []).map { String(decoding: $0, as: UTF8.self) }
  }
}

/// Equality of the outputs is `Benchmarks/peers/onnx_check.py`'s business, by onnxruntime.
@Suite("ONNX")
struct ONNXTests {
  private func check(_ file: [UInt8], _ parameters: Parameters, inputs: [String]) throws {
    let model = try Message(file)
    let graph = try Message(try #require(model.parts[7]?.first))
    let given = try (graph.parts[11] ?? []).map { try Message($0).texts(1)[0] }
    #expect(given == inputs)
    var known = Set(given)
    var weights: [String: [UInt8]] = [:]
    for bytes in graph.parts[5] ?? [] {
      let tensor = try Message(bytes)
      let name = tensor.texts(8)[0]
      #expect(known.insert(name).inserted)
      weights[name] = tensor.parts[9]?.first
    }
    for name in parameters.names {
      let bytes = parameters[name].elements.flatMap { element in
        (0..<4).map { UInt8(truncatingIfNeeded: element.bitPattern >> (8 * $0)) }
      }
      #expect(weights[name] == bytes, "\(name)")
    }
    for bytes in graph.parts[1] ?? [] {
      let node = try Message(bytes)
      #expect(node.texts(1).allSatisfy(known.contains), "\(node.texts(4)) of \(node.texts(1))")
      #expect(known.insert(node.texts(2)[0]).inserted)
    }
    #expect(known.contains("outputs"))
    let output = try Message(try #require(graph.parts[12]?.first))
    #expect(output.texts(1) == ["outputs"])
  }

  @Test(
    "each step of a message-passing network reads what is there, and weights keep their bits",
    arguments: MessageKind.allCases, [Aggregation.mean, .sum, .norm(100), .attentive])
  func messagePassing(_ messages: MessageKind, _ aggregation: Aggregation) throws {
    for depth in [2, 3] {
      let network = MessagePassingNetwork(
        .init(
          messages, nodeColumns: 5, edgeColumns: 3, hidden: 6, depth: depth,
          aggregation: aggregation, descriptors: 2, predictorHidden: [4]), seed: 1)
      try check(
        network.onnx(), network.parameters,
        inputs: ["atoms", "arcs", "source", "target", "reverse", "molecule", "descriptors"])
    }
  }

  @Test("the same of a fingerprint network", arguments: Activation.allCases, [0, 3])
  func fingerprints(_ activation: Activation, _ features: Int) throws {
    let network = MultilayerPerceptron(
      .init(
        sparseColumns: 9, denseFeatures: features, hidden: [5, 4], activation: activation,
        layerNorm: features > 0), seed: 2)
    try check(
      network.onnx(), network.parameters,
      inputs: features > 0 ? ["fingerprints", "features"] : ["fingerprints"])
  }

  @Test func `the tables of a batch lead back by the reverse arc`() {
    let batch = GraphBatch(exampleGraphs(9, seed: 2))
    let tables = batch.arcTables
    #expect(tables.atoms.rows == batch.nodes && tables.arcs.rows == batch.arcs)
    for arc in 0..<batch.arcs {
      #expect(tables.source[arc] == tables.target[tables.reverse[arc]])
      #expect(tables.molecule[tables.source[arc]] == tables.molecule[tables.target[arc]])
    }
    #expect(Set(tables.molecule).count == batch.graphs)
  }
}

@Suite("Pre-trained encoders")
struct EncoderTests {
  private func architecture(_ hidden: Int, _ aggregation: Aggregation = .mean)
    -> MessagePassingNetwork.Architecture
  {
    .init(nodeColumns: 5, edgeColumns: 3, hidden: hidden, aggregation: aggregation)
  }

  @Test func `a network takes over an encoder and draws its own predictor`() throws {
    let trained = MessagePassingNetwork(architecture(6), seed: 1)
    let file = try Safetensors(decoding: trained.encoder.encoded())
    for aggregation in [Aggregation.mean, .norm(100), .attentive] {
      let fresh = try MessagePassingNetwork(architecture(6, aggregation), encoder: file, seed: 2)
      let rows = GraphBatch(exampleGraphs(4, seed: 3))
      #expect(fresh.encoder.tensors["encoder.input.weight"] == file.tensors["encoder.input.weight"])
      #expect(fresh.parameters["predictor.0.weight"] != trained.parameters["predictor.0.weight"])
      if aggregation == .mean {
        let (found, expected) = (
          GraphPredictor(fresh).fingerprints(GraphRows(rows)),
          GraphPredictor(trained).fingerprints(GraphRows(rows))
        )
        #expect(found == expected)
      }
    }
  }

  @Test func `an encoder of another width or with a missing tensor is refused`() {
    let trained = MessagePassingNetwork(architecture(6), seed: 1)
    #expect(throws: SafetensorsError.self) {
      try MessagePassingNetwork(architecture(7), encoder: trained.encoder, seed: 2)
    }
    var cut = trained.encoder
    cut.tensors["encoder.output.bias"] = nil
    #expect(throws: SafetensorsError.missing("encoder.output.bias")) {
      try MessagePassingNetwork(architecture(6), encoder: cut, seed: 2)
    }
  }
}
