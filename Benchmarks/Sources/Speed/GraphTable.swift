import Featurization
import Foundation
import Molecules
import NeuralNetworks
import Tensors

/// A table of molecules with targets, in the parts `train`, `val` and `test`.
struct GraphTable {
  private struct Row {
    let part: Substring
    let graph: MolecularGraph
    let targets: [Float?]
  }

  private let rows: [Row]
  /// How many targets a row has.
  let tasks: Int
  /// Whether every known target is 0 or 1.
  let isBinary: Bool
  private let mean: Float
  private let deviation: Float

  /// Reads lines of a part, a SMILES and targets, an empty one for a missing label.
  init(_ path: String) throws {
    rows = try String(contentsOfFile: path, encoding: .utf8)
      .split(whereSeparator: \.isNewline).map { line in
        let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
        return Row(
          part: cells[0], graph: try Structure(parsing: String(cells[1])).graph,
          targets: cells[2...].map { Float($0) })
      }
    tasks = rows.first?.targets.count ?? 0
    isBinary = rows.allSatisfy { $0.targets.allSatisfy { $0 == nil || $0 == 0 || $0 == 1 } }
    // Scaled by the training rows alone, as the rival does.
    let known = rows.filter { $0.part == "train" }.flatMap { $0.targets.compactMap { $0 } }
    let count = Float(max(1, known.count))
    let mean = isBinary ? 0 : known.reduce(0, +) / count
    let variance = known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    self.mean = mean
    deviation = isBinary || variance == 0 ? 1 : variance.squareRoot()
  }

  /// The rows of one part, targets scaled.
  func examples(_ part: String) throws -> Trainer<MessagePassingNetwork>.Examples {
    let chosen = rows.filter { $0.part == part }
    return .init(
      GraphRows(GraphBatch(chosen.map(\.graph))),
      Targets(chosen.map { $0.targets.map { $0.map { ($0 - mean) / deviation } } }))
  }

  /// Outputs in the targets' unit, or probabilities.
  func unscaled(_ outputs: Tensor) -> Tensor {
    Tensor(
      outputs.shape,
      outputs.elements.map { isBinary ? 1 / (1 + exp(-$0)) : $0 * deviation + mean })
  }
}
