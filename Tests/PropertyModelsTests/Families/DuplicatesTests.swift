import PropertyModels
import Testing

@Suite struct DuplicatesTests {
  private let smiles = ["C", "CC", "C", "CCC", "C", "CC", "CCCC", "CCCCC", "CCCCCC"]

  private func examples(
    _ labels: [TaskLabel?], _ task: LearningTask = LearningTask(name: "y")
  ) throws -> Examples {
    try Examples(
      compounds: CompoundTable(smiles: Array(smiles.prefix(labels.count))), tasks: [task],
      labels: [labels])
  }

  private func exact(_ values: [Double?]) -> [TaskLabel?] {
    values.map { $0.map { TaskLabel($0) } }
  }

  @Test func `numbers become their median, and those far apart are named`() throws {
    let (merged, contradictions) = try examples(exact([1, 4, 2, 7, 9, 4.2, 3, 5]))
      .merged(tolerance: 1)
    #expect(
      (0..<merged.compounds.count).map { merged.compounds.smiles($0) }
        == ["C", "CC", "CCC", "CCCC", "CCCCC"])
    #expect(merged.labels[0].map { $0?.value } == [2, 4.1, 7, 3, 5])
    #expect(contradictions.map(\.smiles) == ["C"] && contradictions.map(\.kept) == [2])
    #expect(contradictions.map(\.rows) == [[1, 3, 5]])
    #expect(contradictions.map(\.values) == [[1, 2, 9]])
  }

  @Test func `classes become the more frequent one, or none`() throws {
    let task = LearningTask(name: "active", kind: .classification)
    let (merged, contradictions) = try examples(exact([1, 1, 0, 0, 1, 0, 1, 1, 0]), task)
      .merged(tolerance: 0)
    #expect(merged.labels[0].map { $0?.value } == [1, nil, 0, 1, 1, 0])
    #expect(contradictions.map(\.smiles) == ["C", "CC"])
    #expect(contradictions.map(\.kept) == [1, nil])
  }

  @Test func `logarithms meet in the geometric mean`() throws {
    let task = LearningTask(name: "clearance", scale: .logarithmic)
    let (merged, _) = try examples(exact([10, 1, nil, 2, 1_000, 1, 3, 4]), task)
      .merged(tolerance: 9)
    #expect(merged.labels[0][0]?.value == 100)
  }

  @Test func `bounds give way to numbers, and the bound that says most stays`() throws {
    let (merged, contradictions) = try examples([
      TaskLabel(5, .above), TaskLabel(2, .above), TaskLabel(6), TaskLabel(1), nil,
      TaskLabel(3, .above), TaskLabel(2), TaskLabel(3),
    ]).merged(tolerance: 0.5)
    #expect(merged.labels[0][0] == TaskLabel(6))
    #expect(merged.labels[0][1] == TaskLabel(3, .above))
    #expect(contradictions.isEmpty)
  }

  @Test func `a number below its own lower bound is a contradiction`() throws {
    let (_, contradictions) = try examples([
      TaskLabel(9, .above), TaskLabel(2), TaskLabel(6), TaskLabel(1), nil, nil, TaskLabel(2),
      TaskLabel(3),
    ]).merged(tolerance: 0.5)
    #expect(contradictions.map(\.rows) == [[1, 3]])
  }

  @Test func `what merging leaves too few of is an error`() {
    let alike = ["C", "C", "C", "CC", "CC"]
    #expect(throws: FittingError.tooFew(task: "y", labels: 2, needed: 5)) {
      try Examples(
        smiles: alike, values: [1, 2, 3, 4, 5], task: LearningTask(name: "y")
      ).merged(tolerance: 1)
    }
  }
}
