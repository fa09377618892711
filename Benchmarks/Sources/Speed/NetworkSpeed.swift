import Featurization
import Foundation
import NeuralNetworks
import Parallelism
import PropertyModels
import Tensors

/// The program's fingerprint network on stored fingerprints, one thread.
struct NetworkSpeed {
  private let words: [UInt64]
  private var rows: Int { words.count / PackedFile.width }

  /// The program's own settings, on ECFP4, which is what a library stores.
  private static let family = FingerprintNetwork(features: .ecfp4)
  private static let architecture = MultilayerPerceptron.Architecture(
    sparseColumns: family.features.columns, hidden: family.hidden, activation: family.activation,
    dropout: family.dropout)

  init(fingerprints path: String) throws { words = try PackedFile.read(path) }

  /// Random weights for both sides, and the settings the rival needs.
  static func writeWeights(to path: String) throws {
    let network = MultilayerPerceptron(architecture, seed: 1, squaredLength: 45)
    let file = Safetensors(
      tensors: network.parameters.named(),
      metadata: [
        "activation": family.activation.rawValue, "batch": "\(family.plan.batchSize)",
        "dropout": "\(family.dropout)", "input dropout": "0.0",
        "learning rate": "\(family.plan.learningRate)", "weight decay": "0.0",
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
    let settings = Self.family.plan
    let targets = (0..<rows).map { row in
      let row = words[row * PackedFile.width..<(row + 1) * PackedFile.width]
      return Float(row.reduce(0) { $0 + $1.nonzeroBitCount }) / 50 - 1
    }
    let plan = TrainingPlan(
      epochs: 2, batchSize: settings.batchSize, learningRate: settings.learningRate,
      weightDecay: .decoupled(0))
    var trainer = Trainer(try Self.network(at: path), plan: plan)
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
