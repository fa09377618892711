import Foundation
import TestSupport
import Testing

@testable import Governance

@Suite("Audit journal and privacy budget")
struct JournalTests {
  private static let time = Date(timeIntervalSince1970: 1_795_600_000)

  private func journal(_ scratch: ScratchFolder, records: Int) throws -> AuditJournal {
    let journal = AuditJournal(at: scratch.url.appending(path: "audit.jsonl"))
    for number in 0..<records {
      try journal.append(
        actor: "kim", action: "read", facts: ["snapshot": "s\(number)", "rows": "\(number * 7)"],
        at: Self.time)
    }
    return journal
  }

  @Test("A journal that nobody touched is sound, and says its head")
  func sound() throws {
    let scratch = try ScratchFolder()
    let journal = try journal(scratch, records: 3)
    guard case .sound(3, let head) = journal.verify() else {
      Issue.record("\(journal.verify())")
      return
    }
    #expect(journal.verify(head: head) == journal.verify())
  }

  @Test("A record follows the last one however long it is, and reads none before it")
  func last() throws {
    let scratch = try ScratchFolder()
    let journal = try journal(scratch, records: 2)
    let long = String(repeating: "word ", count: 40_000)
    try journal.append(actor: "kim", action: "read", facts: ["why": long], at: Self.time)
    let record = try journal.append(actor: "kim", action: "read", at: Self.time)
    #expect(record.number == 3 && journal.verify() == .sound(records: 4, head: record.digest))
    // The first record is no record any more: the next one is written, and the check names it.
    var bytes = try Data(contentsOf: journal.url)
    bytes[0] = UInt8(ascii: "x")
    try bytes.write(to: journal.url)
    #expect(try journal.append(actor: "kim", action: "read", at: Self.time).number == 4)
    guard case .broken(0, _) = journal.verify() else {
      Issue.record("\(journal.verify())")
      return
    }
    try (bytes + Data("no record\n".utf8)).write(to: journal.url)
    #expect(throws: GovernanceError.self) {
      try journal.append(actor: "kim", action: "read", at: Self.time)
    }
  }

  @Test("Any altered byte is found, in the record where it is or the one that follows")
  func flipped() throws {
    let scratch = try ScratchFolder()
    let journal = try journal(scratch, records: 4)
    let bytes = try Data(contentsOf: journal.url)
    guard case .sound(_, let head) = journal.verify() else {
      Issue.record("not sound before")
      return
    }
    var record = 0
    for place in bytes.indices {
      var altered = bytes
      altered[place] ^= 1
      try altered.write(to: journal.url)
      guard case .broken(let named, _) = journal.verify(head: head) else {
        Issue.record("byte \(place) of record \(record) was altered and not found")
        continue
      }
      // A newline that is gone joins two records; at the end it cuts the last one off.
      if bytes[place] == UInt8(ascii: "\n") {
        #expect(named >= record)
        record += 1
      } else {
        #expect(named == record || named == record + 1, "byte \(place): \(named), not \(record)")
      }
    }
  }

  @Test("A record that is removed, swapped or cut off at the end is missed")
  func removed() throws {
    let scratch = try ScratchFolder()
    let journal = try journal(scratch, records: 4)
    guard case .sound(_, let head) = journal.verify() else {
      Issue.record("not sound before")
      return
    }
    let text = try String(contentsOf: journal.url, encoding: .utf8)
    let lines = text.split(separator: "\n").map(String.init)
    func check(_ lines: [String], names record: Int) throws {
      try lines.map { $0 + "\n" }.joined().write(to: journal.url, atomically: true, encoding: .utf8)
      guard case .broken(record, _) = journal.verify(head: head) else {
        Issue.record("\(journal.verify(head: head))")
        return
      }
    }
    try check([lines[0], lines[2], lines[3]], names: 1)
    try check([lines[0], lines[2], lines[1], lines[3]], names: 1)
    try check(Array(lines[..<3]), names: 3)
  }

  @Test("What a kill left half-written is cut off by the next record, and nothing else is")
  func torn() throws {
    let scratch = try ScratchFolder()
    let journal = try journal(scratch, records: 2)
    let handle = try FileHandle(forWritingTo: journal.url)
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(#"{"action":"rea"#.utf8))
    try handle.close()
    try journal.append(actor: "lee", action: "release", at: Self.time)
    guard case .sound(3, _) = journal.verify() else {
      Issue.record("\(journal.verify())")
      return
    }
  }

  @Test(
    "A budget is spent question by question and refuses when it is spent, whoever opens its journal"
  )
  func budget() throws {
    let scratch = try ScratchFolder()
    let url = scratch.url.appending(path: "budget.jsonl")
    let budget = PrivacyBudget(total: 1, journal: url)
    for question in 0..<10 {
      try budget.spend(0.1, on: "question \(question)", actor: "kim", at: Self.time)
    }
    let again = PrivacyBudget(total: 1, journal: url)
    #expect(abs(try again.left()) < 1e-12)
    #expect(throws: GovernanceError.self) {
      try again.spend(0.1, on: "one more", actor: "kim", at: Self.time)
    }
    #expect(throws: GovernanceError.self) {
      try again.spend(-1, on: "a gift", actor: "kim", at: Self.time)
    }
  }

  @Test("A budget whose journal was altered answers nothing")
  func alteredBudget() throws {
    let scratch = try ScratchFolder()
    let url = scratch.url.appending(path: "budget.jsonl")
    let budget = PrivacyBudget(total: 1, journal: url)
    try budget.spend(0.9, on: "a", actor: "kim", at: Self.time)
    let text = try String(contentsOf: url, encoding: .utf8)
    try text.replacing("0.9", with: "0.1").write(to: url, atomically: true, encoding: .utf8)
    #expect(throws: GovernanceError.self) {
      try budget.spend(0.5, on: "b", actor: "kim", at: Self.time)
    }
  }

  @Test("Noise of whole numbers has the spread of its law, and its odds fall by e with each scale")
  func noise() {
    var noise = DiscreteNoise(FixedRandom(seed: 7))
    let count = 40_000
    let scale = 3.0
    let drawn = (0..<count).map { _ in Double(noise.laplace(scale: 3)) }
    let q = exp(-1 / scale)
    let variance = 2 * q / ((1 - q) * (1 - q))
    #expect(abs(drawn.reduce(0, +) / Double(count)) < 0.1)
    #expect(abs(drawn.reduce(0) { $0 + $1 * $1 } / Double(count) / variance - 1) < 0.05)
    let zeros = Double(drawn.filter { $0 == 0 }.count) / Double(count)
    #expect(abs(zeros - (1 - q) / (1 + q)) < 0.01)
    let normal = (0..<count).map { _ in Double(noise.gaussian(variance: 9, over: 2)) }
    #expect(abs(normal.reduce(0) { $0 + $1 * $1 } / Double(count) / 4.5 - 1) < 0.05)
  }
}
