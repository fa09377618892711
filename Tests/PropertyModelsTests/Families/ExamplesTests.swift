import PropertyModels
import Testing

@Suite struct ExamplesTests {
  private let smiles = ["C", "CC", "CCC", "CCCC", "CCCCC", "CCCCCC"]

  private func check(
    _ values: [Double?], _ task: LearningTask = LearningTask(name: "y"), weights: [Double]? = nil
  ) throws {
    _ = try Examples(
      compounds: CompoundTable(smiles: Array(smiles.prefix(values.count))), tasks: [task],
      labels: [values.map { $0.map { TaskLabel($0) } }], weights: weights)
  }

  @Test func `three rows are too few`() {
    #expect(throws: FittingError.tooFew(task: "y", labels: 3, needed: 5)) { try check([1, 2, 3]) }
    #expect(throws: FittingError.tooFew(task: "y", labels: 3, needed: 5)) {
      try check([1, 2, nil, nil, nil, 3])
    }
  }

  @Test func `equal values and single classes are named`() {
    #expect(throws: FittingError.constant(task: "y")) { try check([2, 2, 2, 2, 2]) }
    let task = LearningTask(name: "y", kind: .classification)
    #expect(throws: FittingError.oneClass(task: "y")) { try check([1, 1, 1, 1, 1], task) }
  }

  @Test("a label that is no number is named by its row", arguments: [Double.nan, .infinity])
  func notFinite(value: Double) {
    #expect(throws: FittingError.notFinite(task: "y", row: 3)) { try check([1, 2, value, 4, 5]) }
  }

  @Test func `a class is 0 or 1, and the logarithm wants something positive`() {
    let activity = LearningTask(name: "y", kind: .classification)
    #expect(throws: FittingError.notAClass(task: "y", row: 2, value: 0.5)) {
      try check([1, 0.5, 0, 1, 0], activity)
    }
    let clearance = LearningTask(name: "y", scale: .logarithmic)
    #expect(throws: FittingError.notPositive(task: "y", row: 5, value: 0)) {
      try check([1, 2, 3, 4, 0], clearance)
    }
  }

  @Test func `weights are positive, one for each compound`() {
    #expect(throws: FittingError.self) { try check([1, 2, 3, 4, 5], weights: [1, 1, 1, 1]) }
    #expect(throws: FittingError.self) { try check([1, 2, 3, 4, 5], weights: [1, 1, 0, 1, 1]) }
  }

  @Test func `a family that knows no bounds says so`() throws {
    let labels = [1.0, 2, 3, 4, 5].map { TaskLabel($0, $0 > 3 ? .above : .equal) }
    let examples = try Examples(
      compounds: CompoundTable(smiles: Array(smiles.prefix(5))), tasks: [LearningTask(name: "y")],
      labels: [labels])
    #expect(throws: FittingError.censored(family: "nearest-neighbours", task: "y")) {
      try ModelRecipe(NearestNeighbours()).train(on: examples, in: TrainingContext())
    }
  }

  @Test func `a structure that cannot be read is named`() throws {
    let examples = try Examples(
      smiles: ["C", "CC", "C(", "CCC", "CCCC"], values: [1, 2, 3, 4, 5],
      task: LearningTask(name: "y"))
    #expect {
      try ModelRecipe(NearestNeighbours()).train(on: examples, in: TrainingContext())
    } throws: { "\($0)".contains("C(") }
  }

  @Test func `logarithms are learnt and undone`() {
    let scaling = TaskScaling(scale: .logarithmic, mean: 1, deviation: 2)
    #expect(scaling.learnt(1000) == 1)
    #expect(abs(scaling.value(1) - 1000) < 1e-9)
  }
}
