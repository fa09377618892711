import Entities
import Parallelism
import PropertyModels
import Provenance
import Synchronization
import Testing

@Suite struct SearchTests {
  private let context = TrainingContext(seed: 6, pool: WorkerPool(threads: 2))
  private let search = RecipeSearch(
    [
      ModelRecipe(Dummy()), ModelRecipe(NearestNeighbours(neighbours: 3)),
      ModelRecipe(Dummy(.median)),
      ModelRecipe(NearestNeighbours(neighbours: 40, sharpness: 0)),
      // Cannot be trained: it is passed over, and the search goes on.
      ModelRecipe(NearestNeighbours(neighbours: 0)),
    ], fewestRows: 30)

  @Test func `the best recipe wins on unseen compounds`() throws {
    let (best, trials) = try search.run(on: SmallExamples(count: 90).regression, in: context)
    #expect(best == search.candidates[1])
    #expect(trials.prefix(5).map(\.candidate) == [0, 1, 2, 3, 4])
    #expect(trials[4].score == nil && trials[4].failure?.contains("0 neighbours") == true)
    let constant = try #require(trials[0].score)
    #expect(abs(constant - 1) < 0.2)
  }

  @Test func `fewer candidates see more compounds`() {
    let nine = RecipeSearch(
      [ModelRecipe](repeating: ModelRecipe(Dummy()), count: 9), fewestRows: 10)
    #expect(nine.rounds(rows: 900).map(\.candidates) == [9, 3])
    #expect(nine.rounds(rows: 900).map(\.rows) == [300, 900])
    #expect(RecipeSearch([ModelRecipe(Dummy())]).rounds(rows: 50).map(\.rows) == [50])
    #expect(nine.rounds(rows: 12).map(\.rows) == [10, 12])
  }

  @Test func `an interrupted search goes on from its trials and finds the same`() throws {
    let examples = try SmallExamples(count: 90).both
    let whole = try search.run(on: examples, in: context)
    let kept = Mutex([SearchTrial]())
    let stopping = TrainingContext(
      seed: 6, pool: context.pool, shouldStop: { kept.withLock { $0.count >= 3 } })
    #expect(throws: Interruption(of: "training")) {
      try search.run(on: examples, in: stopping) { trial in kept.withLock { $0.append(trial) } }
    }
    let known = kept.withLock { $0 }
    #expect(known.count == 3)
    let new = Mutex([SearchTrial]())
    let resumed = try search.run(on: examples, known: known, in: context) { trial in
      new.withLock { $0.append(trial) }
    }
    #expect(resumed.best == whole.best && resumed.trials == whole.trials)
    #expect(new.withLock { $0.count } == whole.trials.count - 3)
  }

  @Test func `where nothing can be trained the reason is told`() throws {
    let hopeless = RecipeSearch([ModelRecipe(NearestNeighbours(neighbours: -1))])
    #expect {
      try hopeless.run(on: SmallExamples(count: 40).both, in: context)
    } throws: { "\($0)".contains("-1 neighbours") }
  }

  @Test func `drawn recipes can be written down, repeat, and begin with the defaults`() throws {
    let recipes = RecipeSpace.candidates(40, seed: 3)
    #expect(Array(recipes.prefix(12)) == RecipeSpace.candidates(12, seed: 3))
    #expect(recipes[0] == ModelRecipe(GaussianProcess()))
    #expect(Set(recipes).count > 30)
    let data = try StableJSON.encode(recipes)
    #expect(try StableJSON.decode([ModelRecipe].self, from: data) == recipes)
  }
}
