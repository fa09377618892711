import Featurization
import Foundation
import Molecules
import NeuralNetworks
import Parallelism
import Tensors

/// The message-passing network, as chemprop has it by default.
struct GraphSpeed {
  private let pool: WorkerPool

  init(threads: Int) { pool = WorkerPool(threads: threads) }

  /// The epochs after the first over the part `train` of a table (part, SMILES, targets); the epoch
  /// with the best loss on the part `val` predicts the part `test`.
  ///
  /// - Parameter encoder: `random`, or a file of encoder weights to begin from; both take the mean
  ///   over atoms. Nil for chemprop's defaults.
  func training(
    table path: String, epochs: Int, output: String?, encoder: String? = nil
  ) throws -> Report {
    let table = try GraphTable(path)
    let plan = TrainingPlan.chemprop(epochs: epochs, loss: table.isBinary ? .logistic : .squared)
    let architecture = MessagePassingNetwork.Architecture(
      nodeColumns: AtomColumns.count, edgeColumns: BondColumns.count,
      aggregation: encoder == nil ? .norm(100) : .mean, outputs: table.tasks)
    var network = MessagePassingNetwork(architecture, seed: 1)
    if let encoder, encoder != "random" {
      let bytes = [UInt8](try Data(contentsOf: URL(filePath: encoder)))
      network = try .init(architecture, encoder: Safetensors(decoding: bytes), seed: 1)
    }
    let (training, held) = try (table.examples("train"), table.examples("val"))
    var trainer = Trainer(network, plan: plan)
    var report = Report(count: training.targets.rows * (epochs - 1))
    while !trainer.isFinished {
      let (epoch, result) = Report.timing(0) {
        trainer.runEpoch(
          on: training, validation: held.targets.rows > 0 ? held : nil, using: pool)
      }
      report.checks["loss"] = result.trainingLoss
      // The first epoch warms the caches up, ours and the rival's.
      if trainer.state.epochs > 1 {
        report.wall += epoch.wall
        report.cpu += epoch.cpu
      }
    }
    if let output {
      let test = try table.examples("test")
      let found = GraphPredictor(trainer.result).predict(test.inputs, on: pool)
      try Self.write(table.unscaled(found), to: output)
    }
    return report
  }

  /// SMILES in, outputs of an exported chemprop model out, in pieces of 512 molecules.
  func prediction(model: String, smiles: String, output: String?) throws -> Report {
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: model)))
    let predictor = GraphPredictor(
      try ChempropModel(reading: Safetensors(decoding: bytes)).network)
    let lines = try String(contentsOfFile: smiles, encoding: .utf8)
      .split(whereSeparator: \.isNewline).map(String.init)
    return try measured(lines.count, output, predictor) { rows in
      GraphBatch(lines[rows].compactMap { try? Structure(parsing: $0).graph })
    }
  }

  /// The same from graphs as a library may keep them.
  func stored(model: String, smiles: String, output: String?) throws -> Report {
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: model)))
    let predictor = GraphPredictor(
      try ChempropModel(reading: Safetensors(decoding: bytes)).network)
    let lines = try String(contentsOfFile: smiles, encoding: .utf8)
      .split(whereSeparator: \.isNewline).map(String.init)
    let pieces = pool.map(Self.pieces(lines.count)) { piece in
      GraphBatch(
        lines[Self.rows(of: piece, lines.count)].compactMap {
          try? Structure(parsing: $0).graph
        }
      ).encoded
    }
    var report = try measured(lines.count, output, predictor) { rows in
      (try? GraphBatch(decoding: pieces[rows.lowerBound / Self.pieceRows]))
        ?? GraphBatch([MolecularGraph]())
    }
    report.checks["bytes"] = Double(pieces.reduce(0) { $0 + $1.count }) / Double(lines.count)
    return report
  }

  private static let pieceRows = 512
  private static func pieces(_ count: Int) -> Int { (count + pieceRows - 1) / pieceRows }
  private static func rows(of piece: Int, _ count: Int) -> Range<Int> {
    piece * pieceRows..<min(count, (piece + 1) * pieceRows)
  }

  private func measured(
    _ count: Int, _ output: String?, _ predictor: GraphPredictor,
    _ batch: @Sendable (Range<Int>) -> GraphBatch
  ) throws -> Report {
    var (report, parts) = Report.timing(count) {
      pool.map(Self.pieces(count)) { piece in
        predictor.predict(GraphRows(batch(Self.rows(of: piece, count))))
      }
    }
    report.checks = [
      "sum": parts.reduce(0) { $0 + $1.elements.reduce(0) { $0 + Double($1) } }
    ]
    if let output { try Self.write(parts, to: output) }
    return report
  }

  private static func write(_ tables: [Tensor], to path: String) throws {
    let lines = tables.flatMap { table in
      (0..<table.rows).map { row in
        (0..<table.columns).map { "\(table[row, $0])" }.joined(separator: " ")
      }
    }
    try (lines.joined(separator: "\n") + "\n")
      .write(toFile: path, atomically: true, encoding: .utf8)
  }

  private static func write(_ table: Tensor, to path: String) throws {
    try write([table], to: path)
  }
}
