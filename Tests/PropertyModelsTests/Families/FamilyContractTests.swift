import Entities
import Featurization
import Foundation
import Parallelism
import PropertyModels
import Provenance
import TestSupport
import Testing

@Suite struct FamilyContractTests {
  @Test("one and two threads train the same model, to the byte", arguments: SmallRecipes.all)
  func threads(recipe: ModelRecipe) throws {
    let folders = [try ScratchFolder(), try ScratchFolder()]
    for (folder, threads) in zip(folders, [1, 2]) {
      let context = TrainingContext(seed: 3, pool: WorkerPool(threads: threads))
      try recipe.train(on: SmallExamples().both, in: context).write(into: folder.url)
    }
    #expect(try allFiles(in: folders[0].url) == allFiles(in: folders[1].url))
  }

  @Test("a model that was read predicts the same bits", arguments: SmallRecipes.all)
  func reading(recipe: ModelRecipe) throws {
    let folder = try ScratchFolder()
    let model = try recipe.train(on: SmallExamples().both, in: TrainingContext())
    try model.write(into: folder.url)
    let again = try TrainedModel(at: folder.url)
    #expect(again.recipe == recipe)
    let fresh = CompoundTable(smiles: SmallExamples(count: 40, first: 300).smiles)
    let pool = WorkerPool(threads: 2)
    #expect(try again.outputs(for: fresh, using: pool) == model.outputs(for: fresh, using: pool))
  }

  @Test("an output depends on its compound alone", arguments: SmallRecipes.all)
  func company(recipe: ModelRecipe) throws {
    let model = try recipe.train(on: SmallExamples().both, in: TrainingContext())
    let fresh = CompoundTable(smiles: SmallExamples(count: 12, first: 300).smiles)
    let all = try model.outputs(for: fresh, using: WorkerPool(threads: 2))
    for row in [0, 7, 11] {
      let one = try model.outputs(for: fresh.selecting([row]), using: WorkerPool(threads: 1))
      for (task, output) in one.enumerated() {
        #expect(output.values[0] == all[task].values[row])
        #expect(output.deviations?[0] == all[task].deviations?[row])
      }
    }
  }

  @Test("it says more of fresh compounds than a constant", arguments: SmallRecipes.learners)
  func learning(recipe: ModelRecipe) throws {
    let model = try recipe.train(on: SmallExamples().both, in: TrainingContext())
    let fresh = SmallExamples(count: 80, first: 400, missing: false)
    let values = try model.values(for: CompoundTable(smiles: fresh.smiles))
    let numbers = fresh.numbers.compactMap { $0?.value }
    let mean = numbers.reduce(0, +) / Double(numbers.count)
    let constant = rootMeanSquare(numbers.map { _ in mean }, numbers)
    #expect(rootMeanSquare(values[0], numbers) < 0.8 * constant)
    #expect(values[1].allSatisfy { (0...1).contains($0) })
    let classes = fresh.classes.compactMap { $0?.value }
    let share = classes.reduce(0, +) / Double(classes.count)
    #expect(
      rootMeanSquare(values[1], classes) < 0.9 * rootMeanSquare(classes.map { _ in share }, classes)
    )
  }

  // Not a stack: its weights did not see the row's label, but what taught the weights did.
  @Test("what predicts a held-out row did not see it", arguments: SmallRecipes.simple)
  func heldOut(recipe: ModelRecipe) throws {
    let examples = SmallExamples(count: 60, missing: false)
    let folds = (0..<60).map { $0 % 3 }
    let context = TrainingContext(seed: 8)
    let before = try recipe.heldOut(of: examples.regression, folds: folds, in: context)
    var labels = examples.numbers
    // The first fold's labels change places among themselves: what is said of it may not move.
    let first = labels.indices.filter { folds[$0] == 0 }
    for (row, other) in zip(first, first.reversed()) { labels[row] = examples.numbers[other] }
    let altered = try Examples(
      compounds: CompoundTable(smiles: examples.smiles), tasks: [SmallExamples.number],
      labels: [labels])
    let after = try recipe.heldOut(of: altered, folds: folds, in: context)
    for row in labels.indices where folds[row] == 0 {
      #expect(abs(before[0].values[row] - after[0].values[row]) < 1e-3)
    }
  }

  @Test("a recipe is the same after it was written down", arguments: SmallRecipes.all)
  func recipes(recipe: ModelRecipe) throws {
    let data = try StableJSON.encode(recipe)
    #expect(try StableJSON.decode(ModelRecipe.self, from: data) == recipe)
  }

  @Test("a training that is told to stop says so", arguments: SmallRecipes.all)
  func stopping(recipe: ModelRecipe) throws {
    let context = TrainingContext(shouldStop: { true })
    #expect(throws: Interruption(of: "training")) {
      try recipe.train(on: SmallExamples().regression, in: context)
    }
  }

  @Test("a file that is missing, cut, altered or foreign is an error", arguments: SmallRecipes.all)
  func damage(recipe: ModelRecipe) throws {
    let folder = try ScratchFolder()
    try recipe.train(on: SmallExamples().both, in: TrainingContext()).write(into: folder.url)
    let files = try allFiles(in: folder.url)
    for (name, data) in files.sorted(by: { $0.key < $1.key }) {
      let url = folder.url.appending(path: name)
      var altered = data
      altered[altered.count / 2] ^= 0x5a
      for bytes in [data.prefix(data.count / 2), Data(), altered, Data("{}\n".utf8)] {
        try bytes.write(to: url)
        #expect(throws: (any Error).self) { try TrainedModel(at: folder.url) }
      }
      try FileManager.default.removeItem(at: url)
      #expect(throws: ModelError.self) { try TrainedModel(at: folder.url) }
      try data.write(to: url)
    }
    _ = try TrainedModel(at: folder.url)
  }

  @Test(
    "files whose digests fit but whose bytes do not make a model are errors, never a crash",
    arguments: SmallRecipes.all)
  func hostile(recipe: ModelRecipe) throws {
    let model = try recipe.train(on: SmallExamples(count: 30).both, in: TrainingContext())
    var state: UInt64 = 5
    for (name, data) in try model.files().bytes.sorted(by: { $0.key < $1.key }) {
      for _ in 0..<25 {
        var files = try model.files()
        var altered = data
        for _ in 0..<2 {
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          altered[Int(state >> 33) % altered.count] = UInt8(truncatingIfNeeded: state >> 20)
        }
        files.add(altered, as: name)
        guard let read = try? model.reading(files) else { continue }
        _ = try? read.outputs(
          for: CompoundTable(smiles: ["CCO"]), using: WorkerPool(threads: 1))
      }
    }
  }
}
