import Entities
import Fingerprints
import Foundation
import Molecules
import NeuralNetworks
import Parallelism
import PropertyModels
import Tensors
import TestSupport
import Testing

@Suite struct EnsembleTests {
  @Test func `one and two threads train the same model, to the byte`() throws {
    let training = try SmallTraining()
    let folders = [try ScratchFolder(), try ScratchFolder()]
    for (folder, threads) in zip(folders, [1, 2]) {
      try training.model(threads: threads).write(into: folder.url)
    }
    #expect(try files(in: folders[0].url) == files(in: folders[1].url))
  }

  @Test func `it learns what a fingerprint can say`() throws {
    let training = try SmallTraining(epochs: 40)
    let fresh = try SmallTraining(count: 60, first: 500)
    let predictions = fresh.predictions(of: try training.model())
    let mean = training.compounds.map(\.value).reduce(0, +) / Double(training.compounds.count)
    func squares(_ predicted: [Double]) -> Double {
      zip(predicted, fresh.compounds).reduce(0) { $0 + ($1.0 - $1.1.value) * ($1.0 - $1.1.value) }
    }
    #expect(squares(predictions.map(\.value.value)) < 0.5 * squares(predictions.map { _ in mean }))
  }

  @Test func `scores are the predictions' values, and threads change neither`() throws {
    let training = try SmallTraining()
    let model = try training.model()
    let predictions = training.predictions(of: model)
    #expect(
      model.values(of: training.features).map { Double($0) } == predictions.map(\.value.value))
    #expect(training.predictions(of: model, threads: 2) == predictions)
    for prediction in predictions {
      let value = prediction.value
      #expect(value.lower <= value.value && value.value <= value.upper)
      #expect(value.uncertainty > 0 && value.upper - value.value >= value.uncertainty)
      #expect(prediction.nearest.similarity == 1 && prediction.inDomain)
    }
  }

  @Test func `a training that is told to stop gives no network`() throws {
    let trainer = try SmallTraining().trainer
    #expect(trainer.train(trainer.jobs[0], shouldStop: { true }) == nil)
  }

  @Test func `every network has a name and a seed of its own, and folds part the rows`() throws {
    let trainer = try SmallTraining().trainer
    #expect(trainer.jobs.count == 3 + 3)
    #expect(Set(trainer.jobs.map(\.name)).count == 6)
    #expect(Set(trainer.jobs.map(\.seed)).count == 6)
  }

  @Test func `equal values train to that value`() throws {
    let scaling = ValueScaling(of: [7, 7, 7])
    #expect(scaling.value(0) == 7 && scaling.output(7) == 0 && scaling.deviation == 1)
  }

  @Test func `an atom contributes what the prediction loses without it`() throws {
    let model = try SmallTraining(epochs: 40).model()
    let contributions = try model.atomContributions(of: try Structure(parsing: "CCOc1ccccc1"))
    #expect(contributions.count == 9)
    #expect(contributions.contains { $0 != 0 } && contributions.allSatisfy(\.isFinite))
  }
}
