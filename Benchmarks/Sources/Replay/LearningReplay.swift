import Entities
import Foundation
import Molecules
import Parallelism
import PropertyModels
import Provenance
import Records
import Screening
import Statistics

/// Measures a plate, learns, chooses the next: five plates after the first, by each rule of `osong next`.
struct LearningReplay {
  let table: String
  let starts: String
  let model: StandardModel
  let pool: WorkerPool

  /// Plates after the one that chance chose.
  static let plates = 5

  func run(to path: String) throws {
    let assay = try AssayTable(reading: table)
    let compounds = CompoundTable(smiles: assay.smiles)
    let scaffolds = try assay.smiles.map { try Structure(parsing: $0).scaffoldSMILES() }
    let rows = Dictionary(
      assay.places.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { one, _ in one }
    )
    let writer = try DelimitedWriter(
      to: .file(path), header: ["seed", "way", "plate", "row", "refused"])
    for (seed, start) in try readStarts() {
      let first = start.compactMap { rows[$0] }
      for acquisition in Acquisition.allCases {
        var measured = first
        var plates = [first]
        for _ in 0..<Self.plates {
          let next = try choose(
            start.count, acquisition, seed: seed, measured: measured, assay, compounds, scaffolds)
          plates.append(next)
          measured += next
        }
        for (number, plate) in plates.enumerated() {
          for row in plate {
            try writer.write(
              ["\(seed)", acquisition.rawValue, "\(number)", "\(assay.places[row])"]
                + ["\(assay.refused)"])
          }
        }
      }
    }
    try writer.finish()
  }

  /// One plate, as `NextPlate` chooses it.
  private func choose(
    _ count: Int, _ acquisition: Acquisition, seed: UInt64, measured: [Int], _ assay: AssayTable,
    _ compounds: CompoundTable, _ scaffolds: [String]
  ) throws -> [Int] {
    let task = LearningTask(name: "value")
    let values = measured.map { assay.values[$0] }
    let (examples, _) = try Examples(
      compounds: compounds.selecting(measured), tasks: [task],
      labels: [values.map { TaskLabel($0) }]
    ).merged()
    let trained = try model.shelfRecipe.trainCalibrated(
      on: examples, folds: min(5, examples.compounds.count / 10),
      in: TrainingContext(seed: seed, pool: pool))
    let known = Set(measured)
    let rest =
      compounds.count == known.count ? [] : (0..<compounds.count).filter { !known.contains($0) }
    let predictions = try trained.predictions(for: compounds.selecting(rest), using: pool)
    var ranking = Ranking(capacity: count * acquisition.candidates) { "\(assay.places[rest[$0]])" }
    for (place, prediction) in predictions.enumerated() {
      guard case .number(let value) = prediction.tasks[0] else { continue }
      ranking.offer(
        ScoredRow(row: place, score: Float(acquisition.ranking.score(value, .maximise))))
    }
    let hits = ranking.best.compactMap { scored in
      hit(rest[scored.row], predictions[scored.row], assay, scaffold: scaffolds[rest[scored.row]])
    }
    let curve = ChanceOfActivity(
      threshold: QuantileRule.linear.quantile(0.9, of: values.sorted(by: >)) ?? 0, goal: .maximise)
    return acquisition.choose(count, of: hits, curve: curve) { id in
      let key = ContentKey(of: "\(seed) \(measured.count) \(id)")
      return Normal.point(ofShare: (Double(key.high >> 11) + 0.5) * 0x1p-53)
    }.compactMap { Int($0.id) }
  }

  /// A hit whose identifier is its row; of a compound's properties no rule reads any.
  private func hit(
    _ row: Int, _ prediction: CompoundPrediction, _ assay: AssayTable, scaffold: String
  ) -> Hit? {
    guard case .number(let value) = prediction.tasks[0] else { return nil }
    return Hit(
      rank: 0, id: "\(row)", smiles: assay.smiles[row], prediction: value,
      nearest: NearestMeasured(
        id: "", smiles: "", similarity: prediction.nearest.similarity, value: .nan),
      inDomain: prediction.inDomain,
      properties: CompoundProperties(
        molecularWeight: 0, logP: 0, polarSurfaceArea: 0, donors: 0, acceptors: 0,
        rotatableBonds: 0, drugLikeness: 0),
      alerts: [], scaffold: scaffold, atomContributions: [], reason: "")
  }

  private func readStarts() throws -> [(seed: UInt64, rows: [Int])] {
    let table = try TableReader(.file(starts))
    var found: [UInt64: [Int]] = [:]
    while let row = try table.next() {
      guard case .row(let row) = row, let seed = UInt64(row.fields[0]),
        let place = Int(row.fields[1])
      else { throw Fault("\(starts): a row cannot be read") }
      found[seed, default: []].append(place)
    }
    return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
