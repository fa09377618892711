import BioactivityStore
import Foundation
import Parallelism
import Provenance
import Records
import TestSupport
import Testing

/// BindingDB's purchasable compounds of 2019, 64,102 rows, through the reader of tables.
@Suite("Real activities") struct RealActivityTests {
  static let path = SharedData.path(
    "datasets/dta_bindingdb_purchasable/bindingdb_purchasable_2019.csv.gz")
  static let isThere = FileManager.default.fileExists(atPath: path)

  @Test(
    .enabled(if: isThere, "the shared data is not there"),
    .enabled(
      if: ProcessInfo.processInfo.environment["OSONG_FULL_TESTS"] == "1", "slow: OSONG_FULL_TESTS=1"
    ))
  func `every row is accounted for, and statins are strong on their target`() throws {
    let fixture = try StoreFixture()
    let columns = ActivityTableColumns(
      value: "affinity_value", unit: .column("affinity_unit"), relation: "op",
      type: .column("affinity_type"), target: .column("uniprot"))
    let report = try #require(
      try fixture.store.importActivities(
        from: .file(Self.path), format: .table(columns), pool: WorkerPool(threads: 2)))
    #expect(report.rows == 64_102)
    #expect(report.taken + report.refusedRows == report.rows)
    #expect(report.taken > 60_000)
    let set = try fixture.store.curated(target: "P04035", endpoint: .one(.ic50))
    let ranked = set.rows.sorted { $0.activity.value > $1.activity.value }
    // Atorvastatin is drawn with and without stereo marks; both keys begin alike.
    let place = try #require(ranked.firstIndex { $0.id.hasPrefix("XUKUURHRXDUEBC") })
    #expect(place < 3)
    let ki = try fixture.store.curated(target: "P04035", endpoint: .one(.ki))
    // Rosuvastatin, Ki .9 nM, and lovastatin with one centre not drawn, .6 nM.
    let strong = Set(ki.rows.filter { $0.activity.value > 9 }.map(\.id))
    #expect(strong == ["BPRHUIZQVSMCRT-VEUZHWNKSA-N", "PCZOHLXUXFIOCF-KVVRZSONSA-N"])
  }
}
