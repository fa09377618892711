import BioactivityStore
import Testing

@Suite("Targets") struct TargetTests {
  let fixture: StoreFixture

  init() throws {
    fixture = try StoreFixture()
    try fixture.genes()
    try fixture.add([
      StoreFixture.row("CCO", "P04035", ki: "5", ic50: "6"),
      StoreFixture.row("CCN", "P04035", ki: "5"), StoreFixture.row("CCO", "P04035-2", kd: "7"),
      StoreFixture.row("CCO", "P03951", ki: "5"), StoreFixture.row("CCO", "Q06124", ki: "5"),
      StoreFixture.row("CCO", "P0DP23", ki: "5"), StoreFixture.row("CCO", "P0DP24", ki: "5"),
      StoreFixture.row("CCO", "A0A024R161", ki: "5"), StoreFixture.row("CCO", "HMGCR", ki: "5"),
      StoreFixture.row("CCO", "P0403", ki: "5"),
    ])
  }

  @Test func `a target has its gene, its counts and its compounds, isoforms among them`() throws {
    let target = try fixture.store.target(named: "hmgcr")
    #expect(target.uniprot == "P04035")
    #expect(target.gene == "HMGCR")
    #expect(target.name == "HMG-CoA reductase")
    #expect(target.counts == [.ki: 2, .ic50: 1, .kd: 1])
    #expect(target.compounds == 2)
  }

  @Test func `targets stand in the order of their compounds, and few are left out`() throws {
    let all = try fixture.store.targets(matching: TargetQuery())
    #expect(
      all.map(\.uniprot) == ["P04035", "A0A024R161", "P03951", "P0DP23", "P0DP24", "Q06124"])
    #expect(
      try fixture.store.targets(matching: TargetQuery(atLeast: 2)).map(\.uniprot) == ["P04035"])
    #expect(all[1].gene == nil && all[1].name == "a target")
  }

  @Test func `an approved symbol goes before an earlier one`() throws {
    #expect(try fixture.store.target(named: "OLD").uniprot == "Q06124")
    #expect(try fixture.store.target(named: "FXI").uniprot == "P03951")
  }

  @Test func `a symbol of several proteins is told with all of them`() throws {
    #expect(
      throws: BioactivityError.ambiguousTarget("CALM", accessions: ["P0DP23", "P0DP24"])
    ) { try fixture.store.target(named: "CALM") }
    #expect(throws: BioactivityError.unknownTarget("NONE")) {
      try fixture.store.target(named: "NONE")
    }
  }

  @Test func `genes may come after the activities and again`() throws {
    let other = try StoreFixture()
    try other.add([StoreFixture.row("CCO", ki: "5")])
    #expect(try other.store.target(named: "P04035").gene == nil)
    try other.genes()
    try other.genes()
    #expect(try other.store.target(named: "P04035").gene == "HMGCR")
  }
}
