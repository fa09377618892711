import Fingerprints
import Foundation
import Molecules
import Parallelism
import PropertyModels
import Provenance

/// The training and test of one model on one replicate.
struct PieceRun {
  let piece: BenchmarkCampaign.Piece
  let data: PreparedDataset
  let table: CompoundTable
  let shouldStop: @Sendable () -> Bool

  private struct Result {
    var predicted: [Double]
    var deviations: [Double]?
    var bytes: Int?
    var cost: PredictionCost
  }

  func run(_ folder: BenchmarkFolder) throws {
    let result =
      switch piece.model.kind {
      case .family(let recipe): try own(recipe)
      case .memoriser: try memory()
      case .command(let words): try rival(words)
      }
    guard result.predicted.allSatisfy(\.isFinite) else {
      let row = (result.predicted.firstIndex { !$0.isFinite } ?? 0) + 1
      throw SuiteError.Reason("its prediction for test row \(row) is not a number")
    }
    let (replicate, rows) = (piece.replicate, data.rows)
    let stored = StoredPredictions(
      rows: replicate.test.map { rows[$0].row }, measured: replicate.test.map { rows[$0].value },
      predicted: result.predicted, deviations: result.deviations)
    let record = PredictionRecord(
      dataset: data.dataset.name, replicate: replicate.name, share: replicate.share,
      seed: replicate.seed, model: piece.model.name, key: piece.key, testRows: piece.testRows,
      trained: replicate.train.count, tested: replicate.test.count, modelBytes: result.bytes,
      predictions: Digest(of: ""))
    try folder.write(stored, record, result.cost, at: piece.base)
  }

  private func own(_ recipe: ModelRecipe) throws -> Result {
    let (replicate, rows) = (piece.replicate, data.rows)
    let one = WorkerPool(threads: 1)
    let clock = ContinuousClock()
    let start = clock.now
    let examples = try Examples(
      compounds: table.selecting(replicate.train), tasks: [data.dataset.task],
      labels: [replicate.train.map { TaskLabel(rows[$0].value) }])
    let model = try recipe.train(
      on: examples,
      in: TrainingContext(seed: replicate.seed, pool: one, shouldStop: shouldStop))
    let trained = clock.now
    let output = try model.outputs(for: table.selecting(replicate.test), using: one)[0]
    let scaling = model.scalings[0]
    let predicted = output.values.map { scaling.value($0) }
    // On a logarithmic scale a deviation is a factor, not a number in the unit.
    let deviations =
      scaling.scale == .linear && data.dataset.task.kind == .regression
      ? output.deviations?.map { $0 * scaling.deviation } : nil
    let cost = PredictionCost(
      trainSeconds: (trained - start) / .seconds(1),
      predictSeconds: (clock.now - trained) / .seconds(1))
    let bytes = try model.files().bytes.values.reduce(0) { $0 + $1.count }
    return Result(predicted: predicted, deviations: deviations, bytes: bytes, cost: cost)
  }

  private func memory() throws -> Result {
    let (replicate, rows) = (piece.replicate, data.rows)
    let one = WorkerPool(threads: 1)
    let clock = ContinuousClock()
    let start = clock.now
    let words = try table.rows(of: ECFP4Words(), using: one)
    let isClass = data.dataset.task.kind == .classification
    let known = replicate.train.filter { !isClass || rows[$0].value == 1 }
    var arena = FingerprintArena(bitCount: FingerprintAlgorithm.ecfp4.bitCount)
    for row in known { arena.append(words[row]) }
    let trained = clock.now
    let asked = replicate.test.map {
      Fingerprint(bitCount: arena.bitCount, words: words[$0])
    }
    let predicted = arena.nearest(toEach: asked, count: 1, using: one).map { found in
      found.first.map { isClass ? $0.similarity : rows[known[$0.row]].value } ?? 0
    }
    return Result(
      predicted: predicted,
      cost: PredictionCost(
        trainSeconds: (trained - start) / .seconds(1),
        predictSeconds: (clock.now - trained) / .seconds(1)))
  }

  private func rival(_ words: [String]) throws -> Result {
    let (replicate, rows) = (piece.replicate, data.rows)
    let clock = ContinuousClock()
    let start = clock.now
    let isLogarithmic = data.dataset.task.scale == .logarithmic
    let predicted = try RivalProcess(
      command: words, isClassification: data.dataset.task.kind == .classification,
      seed: replicate.seed
    ).predictions(
      train: replicate.train.map {
        (rows[$0].smiles, isLogarithmic ? log10(rows[$0].value) : rows[$0].value)
      },
      test: replicate.test.map { rows[$0].smiles }, shouldStop: shouldStop)
    return Result(
      predicted: isLogarithmic ? predicted.map { pow(10, $0) } : predicted,
      cost: PredictionCost(trainSeconds: (clock.now - start) / .seconds(1)))
  }
}

/// The packed bits of ECFP4.
private struct ECFP4Words: CompoundFeature {
  func row(of structure: borrowing Structure) throws(MoleculeError) -> [UInt64] {
    try structure.fingerprintWords(.ecfp4)
  }
}
