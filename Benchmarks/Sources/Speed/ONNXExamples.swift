import Featurization
import Foundation
import Molecules
import NeuralNetworks
import Tensors

/// Networks as ONNX files, each beside inputs and our own outputs for them, for
/// `peers/onnx_check.py`.
struct ONNXExamples {
  private let folder: URL

  init(folder: String) throws {
    self.folder = URL(filePath: folder)
    try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
  }

  func write(smiles path: String) throws {
    let smiles = try String(contentsOfFile: path, encoding: .utf8)
      .split(whereSeparator: \.isNewline).prefix(200)
    let batch = GraphBatch(try smiles.map { try Structure(parsing: String($0)).graph })
    try writeFingerprintNetworks()
    for messages in MessageKind.allCases {
      for (name, aggregation) in [
        ("mean", .mean), ("sum", .sum), ("norm", .norm(100)), ("attentive", .attentive),
      ] as [(String, Aggregation)] {
        let network = MessagePassingNetwork(
          .init(
            messages, nodeColumns: AtomColumns.count, edgeColumns: BondColumns.count,
            aggregation: aggregation, descriptors: name == "mean" ? 3 : 0, outputs: 2),
          seed: 3)
        try write(network, batch, as: "message-passing-\(messages.rawValue)-\(name)")
      }
    }
  }

  private func write(
    _ network: MessagePassingNetwork, _ batch: GraphBatch, as name: String
  ) throws {
    var source = RandomSource(seed: 5)
    let width = network.architecture.descriptors
    let descriptors: Tensor? =
      width > 0 ? .uniform([batch.graphs, width], within: 1, using: &source) : nil
    let tables = batch.arcTables
    var tensors = ["atoms": tables.atoms, "arcs": tables.arcs]
    for (key, list) in [
      ("source", tables.source), ("target", tables.target), ("reverse", tables.reverse),
      ("molecule", tables.molecule),
    ] { tensors[key] = Tensor([list.count], list.map { Float($0) }) }
    tensors["descriptors"] = descriptors
    tensors["expected"] = GraphPredictor(network).predict(
      GraphRows(batch, descriptors: descriptors))
    try write(network.onnx(notes: ["example": name]), tensors, as: name)
  }

  private func writeFingerprintNetworks() throws {
    var source = RandomSource(seed: 4)
    let rows = (0..<200).map { _ in
      (0..<50).map { _ in (column: Int(source.next() % 2_048), value: Float(source.next() % 3)) }
    }
    let sparse = SparseRows(columns: 2_048, entries: rows)
    for activation in Activation.allCases {
      for features in [0, 15] {
        let dense: Tensor? =
          features > 0 ? .uniform([rows.count, features], within: 1, using: &source) : nil
        let network = MultilayerPerceptron(
          .init(
            sparseColumns: 2_048, denseFeatures: features, hidden: [1_024, 512], outputs: 2,
            activation: activation, layerNorm: features > 0), seed: 6, squaredLength: 80)
        let input = FeatureRows(sparse: sparse, dense: dense)
        var tensors = ["fingerprints": sparse.dense()]
        tensors["features"] = dense
        tensors["expected"] = Predictor(network).predict(input)
        try write(
          network.onnx(), tensors, as: "fingerprints-\(activation.rawValue)-\(features)")
      }
    }
  }

  private func write(_ onnx: [UInt8], _ tensors: [String: Tensor], as name: String) throws {
    try Data(onnx).write(to: folder.appending(path: name + ".onnx"))
    try Data(Safetensors(tensors: tensors).encoded())
      .write(to: folder.appending(path: name + ".safetensors"))
  }
}
