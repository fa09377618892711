import Featurization
import Foundation
import NeuralNetworks
import Parallelism
import Tensors

/// A fingerprint network, 2048 → 1024 → 512 → 1, on stored fingerprints, one thread.
struct NetworkSpeed {
  private let words: [UInt64]
  private var rows: Int { words.count / PackedFile.width }

  /// On ECFP4, which is what a library stores.
  private static let architecture = MultilayerPerceptron.Architecture(
    sparseColumns: 2_048, hidden: [1_024, 512], activation: .silu, dropout: 0.2)
  private static let plan = TrainingPlan(
    epochs: 2, batchSize: 64, learningRate: 1e-3, weightDecay: .decoupled(0))

  init(fingerprints path: String) throws { words = try PackedFile.read(path) }

  /// Random weights for both sides, and the settings the rival needs.
  static func writeWeights(to path: String) throws {
    let network = MultilayerPerceptron(architecture, seed: 1, squaredLength: 45)
    let file = Safetensors(
      tensors: network.parameters.named(),
      metadata: [
        "activation": architecture.activation.rawValue, "batch": "\(plan.batchSize)",
        "dropout": "\(architecture.dropout)", "input dropout": "\(architecture.inputDropout)",
        "learning rate": "\(plan.learningRate)", "weight decay": "0",
      ])
    try Data(file.encoded()).write(to: URL(filePath: path))
  }

  private static func network(at path: String) throws -> MultilayerPerceptron {
    let file = try Safetensors(decoding: [UInt8](Data(contentsOf: URL(filePath: path))))
    return try MultilayerPerceptron(architecture, reading: file)
  }

  /// Packed bits in, outputs out: unpacking is part of the time.
  func prediction(weights path: String, output: String?) throws -> Report {
    let predictor = Predictor(try Self.network(at: path))
    let run = { predictor.predict(FeatureRows(sparse: matrix())) }
    _ = run()
    var (report, outputs) = Report.timing(rows, run)
    report.checks = ["sum": outputs.elements.reduce(0) { $0 + Double($1) }]
    if let output {
      let text = outputs.elements.map { "\($0)" }.joined(separator: "\n")
      try (text + "\n").write(to: URL(filePath: output), atomically: true, encoding: .utf8)
    }
    return report
  }

  /// The second epoch, with dropout and AdamW, towards the popcount, a target both know.
  func training(weights path: String) throws -> Report {
    let targets = (0..<rows).map { row in
      let row = words[row * PackedFile.width..<(row + 1) * PackedFile.width]
      return Float(row.reduce(0) { $0 + $1.nonzeroBitCount }) / 50 - 1
    }
    var trainer = Trainer(try Self.network(at: path), plan: Self.plan)
    let examples = Trainer<MultilayerPerceptron>.Examples(
      FeatureRows(sparse: matrix()), Targets(targets))
    trainer.runEpoch(on: examples)
    var (report, epoch) = Report.timing(rows) { trainer.runEpoch(on: examples) }
    report.checks = ["loss": epoch.trainingLoss]
    return report
  }

  private func matrix() -> SparseRows {
    SparseRows(packedBits: words.span, bitCount: PackedFile.width * 64)
  }
}
