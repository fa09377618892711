import Foundation
import Provenance
import Testing

@Suite("Records") struct RecordTests {
  @Test func `the same record is the same bytes, with sorted keys and exact numbers`() throws {
    let folder = try TemporaryFolder()
    let record = RunRecord(
      verb: "screen", options: ["top": "500", "model": "thrombin.model"], seed: 7,
      inputs: [Artifact(name: "moses.olib", digest: Digest(of: "moses"))],
      counts: ["read": 10, "refused": 1])
    try record.write(into: folder.url)
    let first = try folder.text("run.json")
    try record.write(into: folder.url)
    #expect(try folder.text("run.json") == first)
    #expect(first.hasSuffix("}\n"))
    let keys = ["\"codeVersion\"", "\"counts\"", "\"inputs\"", "\"options\"", "\"verb\""]
    let places = keys.compactMap { first.range(of: $0)?.lowerBound }
    #expect(places.count == keys.count && places == places.sorted())
    #expect(try StableJSON.decode(RunRecord.self, from: Data(first.utf8)) == record)
    #expect(first.contains("Osong 0.1.0"))
  }

  @Test(arguments: [
    0.1, 1.0 / 3, 1e-300, Double.leastNonzeroMagnitude, -0.0, 1.7976931348623157e308, 123456789.125,
  ])
  func `a number is read back to the last bit`(value: Double) throws {
    let bytes = try StableJSON.encode(["value": value])
    let back = try StableJSON.decode([String: Double].self, from: bytes)
    #expect(back["value"]?.bitPattern == value.bitPattern)
  }

  @Test func `a number that is not finite is refused, not written`() {
    #expect(throws: (any Error).self) { try StableJSON.encode(["value": Double.nan]) }
  }

  @Test func `a stage that fails is timed as well`() throws {
    struct Stop: Error {}
    var timing = RunTiming(
      commandLine: ["osong", "screen"], startedAt: Date(timeIntervalSince1970: 0), threads: 2)
    let answer = timing.measure("read") { 42 }
    #expect(throws: Stop.self) { try timing.measure("score") { throw Stop() } }
    #expect(answer == 42)
    #expect(timing.stages.map(\.name) == ["read", "score"])
    #expect(timing.stages.allSatisfy { $0.seconds >= 0 })
    #expect(timing.startedAt == "1970-01-01T00:00:00Z")
  }
}
