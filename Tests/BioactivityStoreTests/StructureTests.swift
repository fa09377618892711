import BioactivityStore
import Testing

@Suite("Structures") struct StructureTests {
  let fixture: StoreFixture

  init() throws { fixture = try StoreFixture() }

  private func set(_ rows: [String]) throws -> CuratedActivities {
    try fixture.add(rows)
    return try fixture.store.curated(target: "P04035", endpoint: .one(.ki))
  }

  @Test func `spellings, salts and charges of one compound are one row`() throws {
    let set = try set([
      StoreFixture.row("CC(=O)O", ki: "10"), StoreFixture.row("OC(C)=O", ki: "20"),
      StoreFixture.row("CC(=O)[O-].[Na+]", ki: "30"),
    ])
    #expect(set.rows.map(\.smiles) == ["CC(=O)O"])
    #expect(set.rows.map(\.id) == ["QTBSBXVTEAMEQO-UHFFFAOYSA-N"])
    #expect(set.rows.first?.activity.measurements == 3)
  }

  @Test func `tautomers are one row, under the form that was measured most often`() throws {
    let set = try set([
      StoreFixture.row("Oc1ccccn1", ki: "10"), StoreFixture.row("O=c1cccc[nH]1", ki: "20"),
      StoreFixture.row("O=c1cccc[nH]1", ki: "30"),
    ])
    #expect(set.rows.map(\.smiles) == ["O=c1cccc[nH]1"])
    #expect(set.rows.first?.activity.measurements == 3)
  }

  @Test func `two large compounds in one record are refused, a counter-ion is not`() throws {
    let large = "CCCCCCCCCCCCCCCC"
    let report = try #require(
      try fixture.add([
        StoreFixture.row("\(large)O.\(large)N", ki: "1"),
        StoreFixture.row("\(large)O.Cc1ccc(cc1)S(=O)(=O)O", ki: "1"),
        StoreFixture.row("\(large)N.\(large)N", ki: "1"),
      ]))
    #expect(report.refused == [.mixture: 1])
    #expect(report.taken == 2)
  }
}
