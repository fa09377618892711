import Entities
import Evaluation
import Featurization
import Fingerprints
import Foundation
import Molecules
import Parallelism
import PropertyModels
import TestSupport
import Testing

@Suite struct CalibratedModelTests {
  private let pool = WorkerPool(threads: 2)
  private var recipe: ModelRecipe { ModelRecipe(NearestNeighbours(neighbours: 3)) }

  private func model(_ examples: Examples, seed: UInt64 = 4) throws -> CalibratedModel {
    try recipe.trainCalibrated(
      on: examples, folds: 4, in: TrainingContext(seed: seed, pool: pool))
  }

  @Test func `intervals hold about as often as they say`() throws {
    let model = try model(SmallExamples(count: 200, missing: false).regression)
    let fresh = SmallExamples(count: 200, first: 600, missing: false)
    let predictions = try model.predictions(for: CompoundTable(smiles: fresh.smiles), using: pool)
    let held = zip(predictions, fresh.numbers).count { prediction, label in
      guard case .number(let number) = prediction.tasks[0], let label else { return false }
      #expect(number.lower <= number.value && number.value <= number.upper)
      #expect(number.uncertainty > 0)
      return number.lower <= label.value && label.value <= number.upper
    }
    #expect(held >= 160, "\(held) of 200")
    // And not by being as wide as everything there is.
    let widths = predictions.map { prediction -> Double in
      guard case .number(let number) = prediction.tasks[0] else { return .infinity }
      return number.upper - number.lower
    }
    let numbers = fresh.numbers.compactMap { $0?.value }
    let range = (numbers.max() ?? 0) - (numbers.min() ?? 0)
    #expect(widths.reduce(0, +) / 200 < 0.75 * range)
  }

  @Test func `classes are promised apart, and probabilities lie between 0 and 1`() throws {
    let model = try model(SmallExamples(count: 200, missing: false).classification)
    let fresh = SmallExamples(count: 200, first: 600, missing: false)
    let predictions = try model.predictions(for: CompoundTable(smiles: fresh.smiles), using: pool)
    for active in [false, true] {
      let rows = predictions.indices.filter { (fresh.classes[$0]?.value == 1) == active }
      let held = rows.count { row in
        guard case .activity(let activity) = predictions[row].tasks[0] else { return false }
        #expect((0...1).contains(activity.probability))
        let classes = activity.classes(coverage: 0.9)
        return active ? classes.active : classes.inactive
      }
      #expect(Double(held) > 0.75 * Double(rows.count), "\(held) of \(rows.count)")
    }
  }

  @Test func `a logarithm's interval is one of a ratio`() throws {
    let small = SmallExamples(count: 120, missing: false)
    let task = LearningTask(name: "clearance", unit: "mL/min/kg", scale: .logarithmic)
    let labels = small.numbers.map { $0.map { TaskLabel(pow(10, $0.value - 5)) } }
    let examples = try Examples(
      compounds: CompoundTable(smiles: small.smiles), tasks: [task], labels: [labels])
    for prediction in try model(examples).predictions(for: examples.compounds, using: pool) {
      guard case .number(let number) = prediction.tasks[0] else { continue }
      #expect(number.lower > 0)
      #expect(abs(number.upper / number.value - number.value / number.lower) < 1e-6)
    }
  }

  @Test func `a compound of the training is its own neighbour, one like none is outside`() throws {
    let examples = try SmallExamples(count: 80).both
    let model = try model(examples)
    let own = try model.predictions(for: examples.compounds.selecting([5]), using: pool)[0]
    #expect(own.nearest.similarity == 1 && own.inDomain)
    #expect(own.nearest.compound.smiles == examples.compounds.smiles(5))
    #expect(own.nearest.compound.labels == examples.labels.map { $0[5] })
    let far = try model.predictions(
      for: CompoundTable(smiles: ["[Na+].[Cl-]"]), using: pool)[0]
    #expect(!far.inDomain)
  }

  @Test func `it is the same after it was read, whatever the threads`() throws {
    let examples = try SmallExamples(count: 80).both
    let folders = [try ScratchFolder(), try ScratchFolder()]
    for (folder, threads) in zip(folders, [1, 3]) {
      let context = TrainingContext(seed: 4, pool: WorkerPool(threads: threads))
      try recipe.trainCalibrated(on: examples, folds: 4, in: context).write(into: folder.url)
    }
    #expect(try allFiles(in: folders[0].url) == allFiles(in: folders[1].url))
    let fresh = CompoundTable(smiles: SmallExamples(count: 30, first: 500).smiles)
    let read = try CalibratedModel(at: folders[0].url, using: pool)
    #expect(
      try read.predictions(for: fresh, using: pool)
        == model(examples).predictions(for: fresh, using: pool))
    // What was learnt can be read without its calibration too.
    #expect(try TrainedModel(at: folders[0].url).recipe == recipe)
  }

  @Test func `a calibration that is missing or altered is an error`() throws {
    let folder = try ScratchFolder()
    try model(SmallExamples(count: 60).both).write(into: folder.url)
    for name in ["calibration.json", "compounds.json"] {
      let url = folder.url.appending(path: name)
      let data = try Data(contentsOf: url)
      try data.dropLast(9).write(to: url)
      #expect(throws: ModelError.self) { try CalibratedModel(at: folder.url) }
      try FileManager.default.removeItem(at: url)
      #expect(throws: ModelError.self) { try CalibratedModel(at: folder.url) }
      try data.write(to: url)
    }
    _ = try CalibratedModel(at: folder.url)
  }

  @Test func `folds keep one structure together and classes even`() throws {
    let small = SmallExamples(count: 60, missing: false)
    // Every structure stands there twice.
    let smiles = small.smiles + small.smiles
    let classes = small.classes + small.classes
    let examples = try Examples(
      compounds: CompoundTable(smiles: smiles), tasks: [SmallExamples.activity],
      labels: [classes])
    let model = try recipe.trainCalibrated(
      on: examples, folds: 3, in: TrainingContext(seed: 1, pool: pool))
    guard case .classes(_, let mondrian) = model.calibrations[0] else {
      Issue.record("classes are calibrated as classes")
      return
    }
    #expect(mondrian.inactives.count + mondrian.actives.count == 120)
    // A row whose twin was in sight would be predicted without any error.
    #expect(mondrian.actives.contains { $0 > 0.3 } || mondrian.inactives.contains { $0 > 0.3 })
  }

  @Test func `a structure that cannot be read does not spoil the others`() throws {
    let examples = SmallExamples(count: 60, missing: false)
    let model = try ModelRecipe(NearestNeighbours()).trainCalibrated(
      on: try examples.both, folds: 3, in: TrainingContext(seed: 1))
    let smiles = [examples.smiles[3], "C1CC", examples.smiles[5]]
    let outcomes = try model.outcomes(for: CompoundTable(smiles: smiles))
    let alone = try model.predictions(for: CompoundTable(smiles: [smiles[2]]))
    #expect(try outcomes[2].get() == alone[0])
    #expect(throws: MoleculeError.self) { try outcomes[1].get() }
    let values = try model.values(ofTask: 1, for: CompoundTable(smiles: smiles))
    #expect(values[1] == nil && values[2] == alone[0].tasks[1].value)
  }

  @Test func `an atom contributes what the estimate loses without it`() throws {
    let examples = SmallExamples(count: 60, missing: false)
    let model = try ModelRecipe(NearestNeighbours()).trainCalibrated(
      on: try examples.regression, folds: 3, in: TrainingContext(seed: 1))
    let structure = try Structure(parsing: "CCN")
    let contributions = try model.atomContributions(of: structure)
    let values = try model.values(
      ofTask: 0,
      for: CompoundTable(smiles: [
        try structure.canonicalSMILES, try structure.masking(atom: 1).canonicalSMILES,
      ]))
    #expect(contributions.count == 3)
    let (whole, masked) = (try #require(values[0]), try #require(values[1]))
    #expect(contributions[1] == whole - masked)
  }

  @Test func `known rows of a feature are taken as they are`() throws {
    let table = CompoundTable(smiles: ["CC", "CCO"])
    let feature = TrainingDomain.Feature()
    let known = [1, 2].map { Fingerprint(bitCount: 2_048, setBits: [$0]) }
    table.know(known, of: feature)
    #expect(try table.rows(of: feature, using: WorkerPool(threads: 1)) == known)
  }
}
