import Entities
import Foundation
import Records
import Statistics
import TestSupport
import Testing

@testable import PublicSample

@Suite("Weighted tables")
struct SampleTableTests {
  private func read(
    _ text: String, _ columns: [String: SampleTable.Kind] = ["w": .positive, "y": .number]
  ) throws -> SampleTable {
    try SampleTable(.bytes(Array(text.utf8)), columns: columns)
  }

  @Test func `every row is taken or refused with its reason`() throws {
    let table = try read("w,y,z\n2,1,a\n0,1,a\n-3,1,a\nNA,1,a\nx,1,a\n4,q,a\n5,NA,a\n6,7\n8,9,a\n")
    #expect(table.rows == 3)
    #expect(table.number("w") == [2, 5, 8])
    #expect(table.number("y") == [1, nil, 9])
    #expect(
      table.refused.counts == [
        "filtered": 2, "missing-value": 1, "not-a-number": 2, "wrong-field-count": 1,
      ])
    #expect(table.refused.examples.map(\.line) == [3, 4, 5, 6, 7, 9])
    #expect("\(table.refused.examples[1].reason)".contains("not above 0"))
  }

  @Test func `tables that cannot be are refused with a sentence`() {
    #expect(sentence { _ = try read("") }.contains("empty"))
    #expect(sentence { _ = try read("w,y\n") }.contains("no record"))
    #expect(sentence { _ = try read("w,y\n0,1\n0,2\n") }.contains("no row that can be used"))
    #expect(sentence { _ = try read("a,y\n1,1\n") }.contains("has no column w; it has a, y"))
    #expect(sentence { _ = try read("w,w,y\n1,1,1\n") }.contains("names the column w 2 times"))
    let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    #expect(
      sentence { _ = try SampleTable(.file(path), columns: [:]) }.contains("no such file"))
  }

  @Test func `garbage and cut tables end in rows, refusals or a sentence`() {
    var random = Xoshiro256(seed: 4)
    let whole = Array("w,y\n1,2\n3,4\n5,6\n".utf8)
    for _ in 0..<400 {
      var bytes = Array(whole.prefix(1 + random.draw(below: whole.count)))
      for _ in 0..<random.draw(below: 4) {
        bytes[random.draw(below: bytes.count)] = UInt8(random.draw(below: 256))
      }
      let found = try? SampleTable(.bytes(bytes), columns: ["w": .positive, "y": .number])
      if let found {
        #expect(found.number("w").allSatisfy { ($0 ?? 0) > 0 })
        #expect(found.number("w").count == found.rows && found.number("y").count == found.rows)
      }
    }
    let long = "w,y\n1," + String(repeating: "9", count: 3_000_000) + "\n1,2\n"
    #expect((try? read(long))?.rows == 1)
  }

  @Test func `a design comes from columns, and says what is missing`() throws {
    let text = "w,s,c,N,y\n2,a,1,9,1\n2,a,2,9,2\n3,b,1,8,3\n3,b,2,8,5\n"
    let columns = DesignColumns(weight: "w", strata: "s", clusters: ["c"], populations: ["N"])
    var kinds = columns.kinds
    kinds["y"] = .number
    let table = try read(text, kinds)
    let design = try columns.design(of: table)
    #expect(design.degreesOfFreedom() == 2 && design.population == 10)
    #expect(
      sentence { _ = try DesignColumns(strata: "s").design(of: try read(text, ["s": .text])) }
        .contains("how many people a row stands for"))
    let single = "w,s,y\n2,a,1\n2,a,2\n3,b,3\n"
    let drawn = DesignColumns(weight: "w", strata: "s")
    #expect(
      sentence { _ = try drawn.design(of: try read(single, drawn.kinds)) }
        .contains("stratum b has one unit"))
    let replicated = DesignColumns(weight: "w", replicates: ["r1", "r2"])
    let pairs = try read("w,r1,r2,y\n1,2,0,1\n1,0,2,3\n", replicated.kinds)
    let replicates = try #require(
      try replicated.replicates(of: pairs, design: replicated.design(of: pairs), scale: nil))
    // Means 1 and 3 about 2: (1 + 1) / 2.
    #expect(try replicates.estimate(.mean([1, 3])).variance == 1)
  }
}
