import NeuralNetworks
import Parallelism
import Tensors
import Testing

private let architectures = [
  MultilayerPerceptron.Architecture(sparseColumns: 64, hidden: [70, 33]),
  .init(sparseColumns: 64, hidden: [16], outputs: 3, activation: .silu),
  .init(sparseColumns: 64, hidden: [16, 16], outputs: 12, activation: .tanh, layerNorm: true),
  .init(sparseColumns: 64, denseFeatures: 5, hidden: [40, 24], activation: .silu),
  .init(sparseColumns: 64, denseFeatures: 5, hidden: [40], outputs: 2, layerNorm: true),
]

private func rows(_ count: Int, for architecture: MultilayerPerceptron.Architecture) -> FeatureRows
{
  let plain = learnableRows(count, seed: 4).0
  return architecture.denseFeatures > 0
    ? plain.withDenseFeatures(architecture.denseFeatures) : plain
}

@Test("the predictor computes what the graph computes", arguments: architectures)
func predictorEqualsGraph(_ architecture: MultilayerPerceptron.Architecture) {
  let network = MultilayerPerceptron(architecture, seed: 3)
  let input = rows(300, for: architecture)
  var pass = ForwardPass(network.parameters, mode: .inference)
  let output = network.output(of: input, in: &pass)
  let expected = pass.graph.tensor(output)
  let found = Predictor(network).predict(input)
  #expect(found.shape == expected.shape)
  #expect(found.shape == [300, architecture.outputs])
  for (x, y) in zip(found.elements, expected.elements) { #expect(abs(x - y) < 1e-5) }
}

@Test("a row's prediction does not depend on its company or the threads", arguments: architectures)
func predictionIsTheRowsOwn(_ architecture: MultilayerPerceptron.Architecture) {
  let predictor = Predictor(MultilayerPerceptron(architecture, seed: 3))
  let input = rows(600, for: architecture)
  let together = predictor.predict(input)
  #expect(predictor.predict(input, on: WorkerPool(threads: 2)) == together)
  for row in [0, 1, 17, 255, 256, 599] {
    #expect(predictor.predict(input[row..<row + 1]) == together.rows(row..<row + 1))
  }
  let turned = Array((0..<600).reversed())
  #expect(predictor.predict(input.selecting(turned)) == together.selectingRows(turned))
}

@Test func `no rows give no predictions`() {
  let predictor = Predictor(MultilayerPerceptron(architectures[0], seed: 3))
  #expect(predictor.predict(learnableRows(0, seed: 1).0).shape == [0, 1])
}

@Test("weights go through a file unchanged", arguments: architectures)
func weightsSurviveAFile(_ architecture: MultilayerPerceptron.Architecture) throws {
  let network = MultilayerPerceptron(architecture, seed: 3)
  let bytes = Safetensors(tensors: network.parameters.named(prefix: "member.0.")).encoded()
  let file = try Safetensors(decoding: bytes)
  let again = try MultilayerPerceptron(architecture, reading: file, prefix: "member.0.")
  #expect(again == network)
}

@Test func `a foreign, missing or poisoned tensor is refused by name`() {
  let network = MultilayerPerceptron(architectures[0], seed: 3)
  var file = Safetensors(tensors: network.parameters.named())
  file.tensors["layers.1.bias"] = nil
  #expect(throws: SafetensorsError.missing("layers.1.bias")) {
    try MultilayerPerceptron(architectures[0], reading: file)
  }
  file.tensors["layers.1.bias"] = Tensor([2], [1, 2])
  #expect(throws: SafetensorsError.self) {
    try MultilayerPerceptron(architectures[0], reading: file)
  }
  file.tensors["layers.1.bias"] = Tensor([33], repeating: .nan)
  #expect(throws: SafetensorsError.notFinite(tensor: "layers.1.bias")) {
    try MultilayerPerceptron(architectures[0], reading: file)
  }
}

@Test func `a first layer drawn for the rows' length starts with outputs of variance 2`() {
  let rows = learnableRows(400, seed: 4, columns: 512).0
  let length = rows.sparse.meanSquaredLength
  #expect(abs(length - 0.2 * 512) < 2)
  let network = MultilayerPerceptron(
    .init(sparseColumns: 512, hidden: [64]), seed: 1, squaredLength: length)
  let outputs = rows.sparse.dense().times(network.parameters["layers.0.weight"]).elements
  let variance = outputs.reduce(0) { $0 + $1 * $1 } / Float(outputs.count)
  #expect(abs(variance - 2) < 0.3)
}
