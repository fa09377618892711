import Campaigns
import Entities
import Foundation
import Molecules
import Parallelism
import PropertyModels
import Provenance
import TestSupport
import Testing

/// Tables with classes, several tasks, bounds and labels nothing can be learnt from.
@Suite struct TaskTableTests {
  let scratch: ScratchFolder
  init() throws { scratch = try ScratchFolder() }

  private func train(
    _ text: String, _ recipe: ModelRecipe = ModelRecipe(NearestNeighbours()),
    change: (inout TrainingRequest) -> Void = { _ in }
  ) throws -> TrainingOutcome {
    var request = TrainingRequest(recipe: recipe, testShare: 0.25, folds: 2, seed: 1)
    change(&request)
    return try TinyModel.train(text, request, in: scratch.url.appending(path: "work"))
  }

  /// `count` rows of made-up compounds; the text of the values is made from the row and its value.
  private func table(
    _ header: String, _ count: Int, _ values: (Int, Double) -> String
  ) -> String {
    "id,smiles,\(header)\n"
      + (0..<count).map { row in
        let smiles = MadeUpCompounds.smiles(row * 13 % MadeUpCompounds.count)
        return "T\(row),\(smiles),\(values(row, TinyModel.value(of: smiles)))\n"
      }.joined()
  }

  @Test func `values of 0 and 1 are classes, scored as such`() throws {
    let outcome = try train(table("label", 80) { $1 > 6 ? "1" : "0" })
    #expect(outcome.model.tasks.map(\.kind) == [.classification])
    #expect(outcome.test.allSatisfy { (0...1).contains($0.prediction.value) })
    let assessment = try #require(
      TestAssessment.all(
        of: outcome.test, by: outcome.model, rows: "test", using: WorkerPool(threads: 1)
      ).first)
    let measures = assessment.model.measures
    #expect(measures.first?.metric == "ROC-AUC")
    #expect(try #require(measures.first?.value) > 0.55)
  }

  @Test func `several columns are tasks, and an empty cell is a missing label`() throws {
    let outcome = try train(
      table("potency,toxic", 80) { row, value in
        "\(row % 3 == 0 ? "" : "\(value)"),\(row % 6 == 1 ? "" : value > 6 ? "1" : "0")"
      },
      change: { $0.columns.values = ["potency", "toxic"] })
    #expect(outcome.model.tasks.map(\.name) == ["potency", "toxic"])
    #expect(outcome.model.tasks.map(\.kind) == [.regression, .classification])
    let missing = outcome.model.domain.compounds.filter { $0.labels[0] == nil }
    #expect(!missing.isEmpty && outcome.refused.isEmpty)
    #expect(Set(outcome.test.map(\.task)) == ["potency", "toxic"])
  }

  @Test func `bounds of concentrations become bounds of potencies, and are learnt from`() throws {
    let outcome = try train(
      table("value", 80) { row, value in
        row % 5 == 0 ? ">10000" : "\(pow(10, 9 - value))"
      },
      change: { $0.columns.scale = .nanomolar })
    let labels = outcome.model.domain.compounds.compactMap { $0.labels[0] }
    #expect(labels.contains { $0 == TaskLabel(5, .below) })
    #expect(outcome.model.model.recipe.name == BoundImputation.name)
    // What is only bounded cannot be scored.
    #expect(outcome.test.allSatisfy { $0.measured != 5 })
  }

  @Test func `a column of relations makes bounds too, and nonsense in it is refused`() throws {
    let outcome = try train(
      table("value,relation", 80) { row, value in
        "\(value),\(row % 5 == 0 ? "<" : row == 7 ? "perhaps" : "=")"
      },
      change: { $0.columns.relation = "relation" })
    #expect(outcome.refused.map(\.id) == ["T7"])
    #expect(outcome.model.domain.compounds.contains { $0.labels[0]?.relation == .below })
  }

  @Test func `a constant, one class, too few rows and none are named`() throws {
    #expect(throws: FittingError.constant(task: "value")) {
      try train(table("value", 60) { _, _ in "5.5" })
    }
    #expect(throws: FittingError.oneClass(task: "value")) {
      try train(table("value", 60) { _, _ in "1" })
    }
    #expect(throws: TrainingError.tooFew(rows: 2, needed: 20)) {
      try train(table("value", 3) { "\($0)" + ".\($1)".prefix(2) })
    }
    #expect(throws: TrainingError.tooFew(rows: 0, needed: 20)) {
      try train(table("value", 30) { row, _ in row % 2 == 0 ? "nan" : "inf" })
    }
  }

  @Test func `a search never sees the test, and goes on where it was stopped`() throws {
    let text = table("value", 100) { "\($1 + Double($0 % 7) / 100)" }
    let whole = try train(text, change: { $0.tune = 1 })
    #expect(whole.trials.count == 1 && whole.trials[0].rows == 75)
    #expect(whole.model.model.recipe == ModelRecipe(NearestNeighbours()))
    // The trial was kept, and is not made again.
    let again = try train(text, change: { $0.tune = 1 })
    #expect(again.trials == whole.trials)
  }

  @Test func `a split by scaffold keeps ring systems on one side`() throws {
    let outcome = try train(
      table("value", 120) { "\($1 + Double($0 % 7) / 100)" }, change: { $0.split = .scaffold })
    func scaffold(_ smiles: String) throws -> String {
      try Structure(parsing: smiles).scaffoldSMILES()
    }
    let seen = try Set(outcome.model.domain.compounds.map { try scaffold($0.smiles) })
    #expect(!outcome.test.isEmpty)
    #expect(try outcome.test.allSatisfy { !seen.contains(try scaffold($0.smiles)) })
  }
}
