import Foundation
import NeuralNetworks
import Parallelism
import PropertyModels
import Tensors

/// The program's fingerprint network on stored fingerprints, one thread.
struct NetworkSpeed {
  private let words: [UInt64]
  private var rows: Int { words.count / PackedFile.width }

  /// The shape of the program's own networks, on ECFP4.
  private static var architecture: MultilayerPerceptron.Architecture {
    let settings = EnsembleSettings(features: .ecfp4)
    return MultilayerPerceptron.Architecture(
      sparseColumns: PackedFile.width * 64, hidden: settings.hidden, dropout: settings.dropout,
      inputDropout: settings.inputDropout)
  }

  init(fingerprints path: String) throws { words = try PackedFile.read(path) }

  /// Random weights for both sides.
  static func writeWeights(to path: String) throws {
    let network = MultilayerPerceptron(architecture, seed: 1)
    let file = Safetensors(tensors: network.parameters.named())
    try Data(file.encoded()).write(to: URL(filePath: path))
  }

  /// Packed bits in, outputs out: unpacking is part of the time.
  func prediction(weights path: String, output: String?) throws -> Report {
    let file = try Safetensors(decoding: [UInt8](Data(contentsOf: URL(filePath: path))))
    let predictor = Predictor(try MultilayerPerceptron(Self.architecture, reading: file))
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

  /// One epoch with dropout and AdamW in batches of 64 towards the popcount, a target both know.
  func training() throws -> Report {
    let settings = EnsembleSettings(features: .ecfp4)
    let targets = (0..<rows).map { row in
      let row = words[row * PackedFile.width..<(row + 1) * PackedFile.width]
      return Float(row.reduce(0) { $0 + $1.nonzeroBitCount }) / 50 - 1
    }
    let plan = TrainingPlan(
      epochs: 2, batchSize: settings.batchSize, learningRate: settings.learningRate,
      weightDecay: .decoupled(settings.weightDecay))
    var trainer = Trainer(MultilayerPerceptron(Self.architecture, seed: 1), plan: plan)
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
