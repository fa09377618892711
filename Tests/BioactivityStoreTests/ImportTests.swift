import BioactivityStore
import Foundation
import Provenance
import Records
import TestSupport
import Testing

@Suite("Import") struct ImportTests {
  let fixture: StoreFixture

  init() throws { fixture = try StoreFixture() }

  @Test func `every row is taken or refused with a reason`() throws {
    let rows = [
      StoreFixture.row("CCO", ki: " 8.7", ic50: ">10000"), StoreFixture.row("CCN", "", ki: "5"),
      StoreFixture.row("", ki: "5"), StoreFixture.row("C1CC", ki: "5"),
      StoreFixture.row("CCC"), StoreFixture.row("CCC", ki: "0"), StoreFixture.row("CCC", ki: "x"),
      StoreFixture.row("CCC", "P04035;P03951", ki: "5"), "too,few,fields\n",
      StoreFixture.row("CCCC", ki: "5", ic50: "-1"),
      StoreFixture.row("*CC", ki: "5"),
    ]
    let report = try #require(try fixture.add(rows))
    #expect(report.rows == rows.count)
    #expect(report.rows == report.taken + report.refusedRows)
    #expect(report.taken == 2 && report.measurements == 3)
    #expect(
      report.refused == [
        .noTarget: 1, .noStructure: 1, .unreadableStructure: 2, .noValue: 1, .outOfRange: 1,
        .unreadableValue: 1, .severalTargets: 1, .unreadableRow: 1,
      ])
    #expect(report.refusedValues == [.outOfRange: 1])
  }

  @Test func `a source is taken once, however often it is offered and under whatever name`() throws
  {
    let rows = [StoreFixture.row("CCO", ki: "5"), StoreFixture.row("CCN", ki: "6")]
    let first = try #require(try fixture.add(rows))
    #expect(!first.wasThere)
    let again = try #require(try fixture.add(rows))
    #expect(again.wasThere && again.measurements == 2)
    #expect(try fixture.store.target(named: "P04035").measurements == 2)
    let file = try fixture.table(
      StoreFixture.header + rows.joined(), .bindingDB, name: "another.csv")
    #expect(try #require(file).wasThere)
  }

  @Test func `the same bytes read in another way are refused`() throws {
    let text = "smiles,y\nCCO,5\n"
    func layout(_ type: String) -> ActivityFormat {
      .table(.init(value: "y", type: .fixed(type), target: .fixed("P04035")))
    }
    try #expect(fixture.table(text, layout("Ki"))?.taken == 1)
    #expect(throws: BioactivityError.otherFormat(source: "t.csv")) {
      try fixture.table(text, layout("IC50"))
    }
  }

  @Test(arguments: [1, 3, 7])
  func `an import that was stopped shows nothing, goes on, and ends as if never stopped`(
    batch: Int
  ) throws {
    let rows = (0..<20).map { row in
      row % 6 == 5
        ? StoreFixture.row("bad", ki: "5")
        : StoreFixture.row("C" + String(repeating: "C", count: row % 4), ki: "\(row + 1)")
    }
    let whole = try StoreFixture()
    let expected = try #require(try whole.add(rows))
    var runs = 0
    var report: ImportReport?
    while report == nil {
      runs += 1
      try #require(runs < 50)
      report = try fixture.add(rows, batch: batch, stopAfter: 2)
      // A part of a source would be another set on every day.
      if report == nil {
        #expect(throws: BioactivityError.unknownTarget("P04035")) {
          try fixture.store.target(named: "P04035")
        }
      }
    }
    #expect(runs > 1)
    #expect(report == expected)
    let sets = try [fixture, whole].map {
      try $0.store.curated(target: "P04035", endpoint: .one(.ki)).digest
    }
    #expect(sets[0] == sets[1])
  }

  @Test func `neither threads nor batches change what is stored`() throws {
    let rows = (0..<60).map {
      StoreFixture.row("c1ccccc1" + String(repeating: "C", count: $0 % 9), ki: "\($0 + 1)")
    }
    try fixture.add(rows, batch: 7)
    let other = try StoreFixture()
    try other.add(rows, batch: 100)
    let sets = try [fixture, other].map {
      try $0.store.curated(
        target: "P04035", endpoint: .one(.ki), rules: CurationRules(largestSpread: 9))
    }
    #expect(sets[0].rows == sets[1].rows)
    #expect(sets[0].rows.count == 9)
  }

  @Test func `a source cut short keeps no row in sight`() throws {
    let path = try fixture.folder.write(
      StoreFixture.header + (0..<500).map { StoreFixture.row("CCO", ki: "\($0 + 1)") }.joined(),
      to: "whole.csv")
    let gzip = Process()
    gzip.executableURL = URL(filePath: "/bin/gzip")
    gzip.arguments = [path]
    try gzip.run()
    gzip.waitUntilExit()
    let bytes = try Data(contentsOf: URL(filePath: path + ".gz"))
    let cut = try fixture.folder.write(bytes.prefix(bytes.count / 2), to: "cut.csv.gz")
    #expect(throws: BioactivityError.self) {
      try fixture.store.importActivities(
        from: .file(cut), format: .bindingDB, pool: fixture.pool, batch: 10)
    }
    #expect(try fixture.store.targets(matching: TargetQuery()).isEmpty)
  }

  @Test func `a table without the columns is an error that names what is missing`() throws {
    #expect {
      try fixture.table("smiles,y\nCCO,5\n", .bindingDB)
    } throws: {
      "\($0)".contains("no column uniprot among smiles, y")
    }
  }

  @Test func `garbage in a table is refused row by row`() throws {
    var generator = SeededBytes(state: 1)
    let good = StoreFixture.row("CCO", ki: "5")
    for _ in 0..<20 {
      let other = try StoreFixture()
      let garbage = (0..<2_000).map { _ in generator.next() }
      let bytes = Array((StoreFixture.header + good).utf8) + garbage
      let report = try #require(
        try other.store.importActivities(
          from: .bytes(bytes), format: .bindingDB, pool: other.pool))
      #expect(report.taken == 1)
      #expect(report.rows == report.taken + report.refusedRows)
    }
  }

  @Test func `a file that is no store is not written to`() throws {
    let path = try fixture.folder.write(
      String(repeating: "this is no database. ", count: 500), to: "notes.txt")
    #expect(throws: BioactivityError.self) { try BioactivityStore(at: URL(filePath: path)) }
    #expect(try String(contentsOfFile: path, encoding: .utf8).hasPrefix("this is no database."))
    #expect(throws: BioactivityError.missing(path: fixture.folder.path("none"))) {
      try BioactivityStore(at: fixture.folder.url.appending(path: "none"), mayCreate: false)
    }
  }
}

/// Bytes that are the same in every run, without line ends that would make rows of one field.
private struct SeededBytes {
  var state: UInt64

  mutating func next() -> UInt8 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    let byte = UInt8(truncatingIfNeeded: state >> 33)
    return byte == 34 ? 35 : byte
  }
}
