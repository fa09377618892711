import Featurization
import Foundation
import Molecules
import NeuralNetworks
import Tensors
import Testing

/// A chemprop model whose weights follow from a formula, and what chemprop predicts with it.
private struct TinyModel: Decodable {
  let notes: String
  let shapes: [String: [Int]]
  let smiles: [String]
  let values: [[Double]]

  static func all() throws -> [TinyModel] {
    try tinyChempropModels.split(separator: "\n").map {
      try JSONDecoder().decode(TinyModel.self, from: Data($0.utf8))
    }
  }

  /// The numbers of `fill` in `chemprop_export.py`.
  var file: Safetensors {
    var tensors: [String: Tensor] = [:]
    for (place, (name, extents)) in shapes.sorted(by: { $0.key < $1.key }).enumerated() {
      let shift = name.hasSuffix("_var") || name.hasSuffix("scale") ? 0.5 : -0.5
      let shape = Shape(extents)
      tensors[name] = Tensor(
        shape,
        (0..<shape.count).map { index in
          Float(Double((index * 7919 + place * 104_729) % 1009) / 1009 + shift)
        })
    }
    return Safetensors(tensors: tensors, metadata: ["chemprop": notes])
  }
}

/// The largest difference between our predictions and chemprop's.
private func largestDifference(
  _ model: ChempropModel, _ smiles: [String], _ expected: [[Double]]
) throws -> Double {
  let graphs = try smiles.map { try Structure(parsing: $0).graph }
  let found = GraphPredictor(model.network).predict(GraphRows(GraphBatch(graphs)))
  var largest = 0.0
  for (row, values) in expected.enumerated() {
    for (column, value) in values.enumerated() {
      let output = Double(found[row, column])
      let own = model.isClassifier ? 1 / (1 + exp(-output)) : output
      largest = max(largest, abs(own - value))
    }
  }
  return largest
}

@Suite("Chemprop models")
struct ChempropTests {
  @Test func `every kind of network predicts as chemprop does`() throws {
    let models = try TinyModel.all()
    #expect(models.count == 5)
    for tiny in models {
      let model = try ChempropModel(reading: tiny.file)
      #expect(model.isClassifier == tiny.notes.contains("classification"))
      // Predictions that are all alike would prove nothing.
      let spread = tiny.values.map { $0[0] }
      #expect((spread.max() ?? 0) - (spread.min() ?? 0) > 1e-2, "\(tiny.notes)")
      #expect(try largestDifference(model, tiny.smiles, tiny.values) < 1e-5, "\(tiny.notes)")
    }
  }

  static let folders =
    ProcessInfo.processInfo.environment["OSONG_CHEMPROP_MODELS"]?.split(separator: ":") ?? []

  @Test(
    "a trained model predicts as in chemprop",
    .enabled(if: !folders.isEmpty, "needs OSONG_CHEMPROP_MODELS, see chemprop_export.py"),
    arguments: folders.map(String.init))
  func trained(_ folder: String) throws {
    struct Prediction: Decodable {
      let smiles: String
      let values: [Double]
    }
    let bytes = try Data(contentsOf: URL(filePath: folder + "/model.safetensors"))
    let model = try ChempropModel(reading: Safetensors(decoding: Array(bytes)))
    let predictions = try String(contentsOfFile: folder + "/predictions.jsonl", encoding: .utf8)
      .split(separator: "\n").map {
        try JSONDecoder().decode(Prediction.self, from: Data($0.utf8))
      }
    #expect(predictions.count > 100)
    let difference = try largestDifference(
      model, predictions.map(\.smiles), predictions.map(\.values))
    print("largest difference over \(predictions.count) molecules: \(difference)")
    #expect(difference < 1e-4)
  }

  @Test func `what our network lacks is refused by name`() throws {
    let tiny = try TinyModel.all()[0]
    func reading(_ change: (inout Safetensors) -> Void) -> ChempropError? {
      var file = tiny.file
      change(&file)
      do throws(ChempropError) { _ = try ChempropModel(reading: file) } catch { return error }
      return nil
    }
    #expect(reading { _ in } == nil)
    #expect(reading { $0.metadata = [:] } == .unreadableNotes)
    #expect(reading { $0.metadata["chemprop"] = "{}" } == .unreadableNotes)
    #expect(
      reading { $0.metadata["chemprop"] = tiny.notes.replacing("ReLU", with: "PReLU") }
        == .unsupported("the activation PReLU"))
    #expect(
      reading { $0.tensors["message_passing.W_h.weight"] = nil }
        == .tensor(.missing("message_passing.W_h.weight")))
    #expect(reading { $0.tensors["message_passing.W_o.bias"] = Tensor([1], [0]) } != nil)
    #expect(reading { $0.tensors["message_passing.W_i.weight"] = Tensor([0, 0], []) } != nil)
    #expect(
      reading {
        $0.tensors["message_passing.W_o.weight"] = Tensor(
          [6, 2],
          .init(
            repeating: 0, count: 12))
      } != nil)
    #expect(
      reading {
        $0.tensors["predictor.ffn.0.0.weight"] = Tensor(
          [5, 9],
          .init(
            repeating: 0, count: 45))
      } == .unsupported("descriptors beside the graph"))
    #expect(
      reading { $0.tensors["predictor.output_transform.scale"] = Tensor([2], [1, 1]) } != nil)
  }
}
