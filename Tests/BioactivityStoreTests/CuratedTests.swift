import BioactivityStore
import Foundation
import Provenance
import Records
import TestSupport
import Testing

@Suite("Curated sets") struct CuratedTests {
  let fixture: StoreFixture

  init() throws { fixture = try StoreFixture() }

  @Test func `endpoints are kept apart, and come together only when asked`() throws {
    try fixture.add([StoreFixture.row("CCO", ki: "10", ic50: "30", kd: "20", ec50: "1")])
    let ki = try fixture.store.curated(target: "P04035", endpoint: .one(.ki))
    #expect(ki.rows.map(\.label) == ["8.000"])
    #expect(ki.header == ["id", "smiles", "pKi", "n", "spread", "sources"])
    #expect(ki.direction == .inhibition)
    let any = try fixture.store.curated(target: "P04035", endpoint: .anyInhibition)
    #expect(any.rows.map(\.label) == ["7.699"])
    #expect(any.header[2] == "pActivity")
    #expect(any.direction == .inhibition)
    let ec50 = try fixture.store.curated(target: "P04035", endpoint: .one(.ec50))
    #expect(ec50.rows.map(\.label) == ["9.000"])
    #expect(ec50.direction == .unknown)
  }

  @Test func `a compound that contradicts itself is left out and told`() throws {
    try fixture.add([
      StoreFixture.row("CCO", ki: "1", doi: "10.1/a"),
      StoreFixture.row("CCO", ki: "100000", doi: "10.1/b"), StoreFixture.row("CCN", ki: "5"),
    ])
    let set = try fixture.store.curated(target: "P04035", endpoint: .one(.ki))
    #expect(set.rows.map(\.smiles) == ["CCN"])
    #expect(set.refused.map(\.smiles) == ["CCO"])
    #expect(set.refused.first?.conflict.code == "spread")
    #expect(set.measurements == 3)
  }

  @Test func `the table holds bounds with their sign and every source`() throws {
    try fixture.add([
      StoreFixture.row("CCO", ki: ">10000", patent: "US9693992"),
      StoreFixture.row("CCO", ki: ">100000", doi: "10.1/b"),
      StoreFixture.row("CCN", ki: "<1"),
    ])
    let set = try fixture.store.curated(target: "P04035", endpoint: .one(.ki))
    let path = fixture.folder.path("out.csv")
    try set.write(to: .file(path))
    #expect(
      try String(contentsOfFile: path, encoding: .utf8) == """
        id,smiles,pKi,n,spread,sources
        LFQSCWFLJHTTHZ-UHFFFAOYSA-N,CCO,<4.000,2,,10.1/b|US9693992
        QUSNBJAOOMFDIB-UHFFFAOYSA-N,CCN,>9.000,1,,BindingDB: US Patent

        """)
  }

  @Test func `the digest is that of the content, not of the way there`() throws {
    let rows = [StoreFixture.row("CCO", ki: "10"), StoreFixture.row("CCN", ki: "20")]
    try fixture.add(rows)
    let other = try StoreFixture()
    for row in rows.reversed() { try other.add([row]) }
    func digest(_ fixture: StoreFixture) throws -> String {
      try fixture.store.curated(target: "P04035", endpoint: .one(.ki)).digest.hex
    }
    #expect(try digest(fixture) == digest(other))
    try other.add([StoreFixture.row("CCC", ki: "20")])
    #expect(try digest(fixture) != digest(other))
  }

  @Test func `an endpoint that nobody measured is an empty set, no error`() throws {
    try fixture.add([StoreFixture.row("CCO", ki: "10")])
    #expect(try fixture.store.curated(target: "P04035", endpoint: .one(.kd)).rows.isEmpty)
  }
}
