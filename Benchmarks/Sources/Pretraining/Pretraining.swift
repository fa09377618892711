import Featurization
import Foundation
import Molecules
import NeuralNetworks
import Parallelism
import Tensors

/// Trains an encoder of molecules to foretell RDKit's descriptors, on molecules of no benchmark.
///
/// The idea is CheMeleon's (Burns, Zalte & Green 2025).
///
/// `Pretraining CORPUS EXCLUDED OUTPUT THREADS EPOCHS`: two files of SMILES, one a line, and the
/// safetensors file to write; the molecules that were kept go to `CORPUS.kept`. Prints one line of
/// JSON.
@main
struct Pretraining {
  private struct Row: Sendable {
    let smiles: String
    let graph: MolecularGraph
    let numbers: [Float]
  }

  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 6, let threads = Int(arguments[4]), let epochs = Int(arguments[5]),
      epochs > 0
    else {
      print("usage: Pretraining CORPUS EXCLUDED OUTPUT THREADS EPOCHS")
      exit(2)
    }
    let pool = WorkerPool(threads: threads)
    let excluded = Set(
      try rows(of: arguments[2], pool) { _, structure in
        try Skeletons(structure.graph).parts
      }.joined())
    say("\(excluded.count) skeletons of benchmarks")
    let read = try rows(of: arguments[1], pool) { smiles, structure in
      let graph = try structure.graph
      let skeletons = Skeletons(graph).parts
      guard skeletons.allSatisfy({ !excluded.contains($0) }), graph.atoms.count > 1 else {
        return Row(smiles: smiles, graph: graph, numbers: [])
      }
      let numbers = try structure.descriptorTable().map { Float($0) }
      return Row(smiles: smiles, graph: graph, numbers: numbers)
    }
    let kept = read.filter { !$0.numbers.isEmpty }
    try kept.map { $0.smiles + "\n" }.joined()
      .write(toFile: arguments[1] + ".kept", atomically: true, encoding: .utf8)
    say("\(kept.count) of \(read.count) molecules kept")

    let ranks = MidRanks(kept.map(\.numbers))
    let graphs = GraphRows(GraphBatch(kept.map(\.graph)))
    // Every fiftieth molecule tells how well the descriptors are foretold.
    let held = (0..<kept.count).filter { $0 % 50 == 7 }
    let seen = (0..<kept.count).filter { $0 % 50 != 7 }
    func examples(_ chosen: [Int]) -> Trainer<MessagePassingNetwork>.Examples {
      .init(graphs.selecting(chosen), ranks.targets.selecting(chosen))
    }
    let network = MessagePassingNetwork(
      .init(
        nodeColumns: AtomColumns.count, edgeColumns: BondColumns.count, aggregation: .mean,
        outputs: ranks.columns.count),
      seed: 7)
    var plan = TrainingPlan.chemprop(epochs: epochs, seed: 7)
    (plan.batchSize, plan.pieceSize) = (128, 64)
    var trainer = Trainer(network, plan: plan)
    let validation = examples(held)
    trainer.run(on: examples(seen), validation: validation, using: pool) { report, _ in
      say("epoch \(report.epoch): \(report.trainingLoss), held \(report.validationLoss ?? .nan)")
    }
    let best = trainer.state.bestReport?.validationLoss ?? .nan
    let encoder = trainer.result.parameters.named().filter { $0.key.hasPrefix("encoder.") }
    try Data(Safetensors(tensors: encoder, metadata: ["kind": "message-passing encoder"]).encoded())
      .write(to: URL(filePath: arguments[3]), options: .atomic)
    let report: [String: Double] = [
      "read": Double(read.count), "kept": Double(kept.count),
      "excluded skeletons": Double(excluded.count), "descriptors": Double(ranks.columns.count),
      "epochs": Double(epochs), "held mean squared error": best,
    ]
    print(
      String(
        decoding: try JSONSerialization.data(withJSONObject: report, options: .sortedKeys),
        as: UTF8.self))
  }

  private static func rows<Result: Sendable>(
    of path: String, _ pool: WorkerPool,
    _ value: @Sendable (String, borrowing Structure) throws -> Result
  ) throws -> [Result] {
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(whereSeparator: \.isNewline)
    let size = 1_000
    let pieces = pool.map((lines.count + size - 1) / size) { piece in
      lines[piece * size..<min(lines.count, (piece + 1) * size)].compactMap { line -> Result? in
        guard let structure = try? Structure(parsing: String(line)) else { return nil }
        return try? value(String(line), structure)
      }
    }
    return Array(pieces.joined())
  }

  private static func say(_ line: String) {
    FileHandle.standardError.write(Data((line + "\n").utf8))
  }
}
