import Screening
import Testing

@Suite struct ListComparisonTests {
  private func list(_ ids: [String], refused: [String: String] = [:]) -> RankedList {
    RankedList(
      entries: ids.enumerated().map { .init(id: $1, smiles: "C", value: 9 - Double($0)) },
      refused: refused)
  }

  private func facts(_ id: String) -> CompoundFacts {
    let entry = RankedList.Entry(id: id, smiles: "C", value: 7)
    return CompoundFacts(before: id.hasPrefix("new") ? nil : entry, after: entry)
  }

  @Test(arguments: 0..<50)
  func `the parts of a change add up to the whole, whatever the worlds hold`(seed: Int) {
    // Numbers that are all over the place, without dice.
    let factors = ChangeFactor.allCases.enumerated().filter { seed >> $0.offset & 1 == 1 }
      .map(\.element)
    let values = Dictionary(
      uniqueKeysWithValues: Attribution.subsets(of: factors).enumerated().map {
        ($1, Double((seed * 7_919 + $0 * 104_729) % 211 - 105))
      })
    let parts = Attribution.parts(of: factors) { values[$0] ?? .nan }
    let whole = (values[Set(factors)] ?? .nan) - (values[[]] ?? .nan)
    #expect(abs(parts.values.reduce(0, +) - whole) < 1e-9)
    #expect(Set(parts.keys) == Set(factors))
  }

  @Test
  func `two factors that only do something together share it; one that does nothing gets nothing`()
  {
    let parts = Attribution.parts(of: ChangeFactor.allCases) {
      $0.contains(.library) && $0.contains(.model) ? 12 : 0
    }
    #expect(parts == [.library: 6, .model: 6, .plan: 0, .evidence: 0])
  }

  @Test
  func `a compound that is new in the library is the library's doing, and so is who gives way`() {
    let comparison = ListComparison(
      countBefore: 2, countAfter: 2, depth: 4, factors: [.library],
      lists: [[]: list(["a", "b", "c", "d"]), [.library]: list(["new", "a", "b", "c"])],
      facts: facts)
    #expect(comparison.changes.map(\.id) == ["new", "a", "b"])
    #expect(comparison.changes.map(\.kind) == [.entered, .moved, .left])
    #expect(comparison.changes.map(\.gain) == [4, -1, -1])
    #expect(comparison.changes.allSatisfy { $0.cause == .library })
    #expect(comparison.changes[0].why == "new in the library")
    #expect(comparison.changes[1].why.hasPrefix("compounds that came into the library"))
    #expect(comparison.changes[2].placeAfter == 3 && comparison.unmoved == 0)
  }

  @Test
  func `of several factors the one that did most in the direction of the change is the cause`() {
    // The model lifts x by two; the library's newcomer presses it down by one.
    let comparison = ListComparison(
      countBefore: 3, countAfter: 3, depth: 6, factors: [.model, .library],
      lists: [
        []: list(["a", "b", "x", "c"]), [.model]: list(["x", "a", "b", "c"]),
        [.library]: list(["new", "a", "b", "x"]),
        [.library, .model]: list(["new", "x", "a", "b"]),
      ], facts: facts)
    let moved = comparison.changes.first { $0.id == "x" }
    #expect(moved?.parts == ["model": 2, "library": -1] && moved?.gain == 1)
    #expect(moved?.cause == .model && comparison.factors == [.library, .model])
  }

  @Test func `who was filtered is told the filter`() {
    let comparison = ListComparison(
      countBefore: 2, countAfter: 2, depth: 4, factors: [.plan],
      lists: [
        []: list(["a", "b"], refused: ["c": "MW 600 is outside at most 500"]),
        [.plan]: list(["c", "b"], refused: ["a": "structural alert PAINS: quinone"]),
      ], facts: facts)
    let why = Dictionary(uniqueKeysWithValues: comparison.changes.map { ($0.id, $0.why) })
    #expect(why["a"] == "the plan's rules changed; now left out: structural alert PAINS: quinone")
    #expect(why["c"] == "the plan's rules changed; left out before: MW 600 is outside at most 500")
    #expect(comparison.unmoved == 1)
  }

  @Test func `a longer list lets compounds in that did not move`() {
    let same = list(["a", "b", "c", "d"])
    let comparison = ListComparison(
      countBefore: 2, countAfter: 3, depth: 4, factors: [.plan], lists: [[]: same, [.plan]: same],
      facts: facts)
    #expect(comparison.changes.map(\.id) == ["c"] && comparison.changes[0].gain == 0)
    #expect(comparison.changes[0].why == "the plan names another number of compounds")
  }

  @Test func `nothing changed says so`() {
    let comparison = ListComparison(
      countBefore: 2, countAfter: 2, depth: 4, factors: [], lists: [[]: list(["a", "b"])],
      facts: facts)
    #expect(comparison.changes.isEmpty && comparison.unmoved == 2 && comparison.factors.isEmpty)
  }
}
