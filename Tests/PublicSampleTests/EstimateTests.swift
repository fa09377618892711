import Entities
import Foundation
import Governance
import Records
import Statistics
import TestSupport
import Testing

@testable import PublicSample

@Suite("Estimates through the gate")
struct EstimateTests {
  private func table(_ text: String, _ kinds: [String: SampleTable.Kind]) throws -> SampleTable {
    try SampleTable(.bytes(Array(text.utf8)), columns: kinds)
  }

  /// 60 people in three regions, of whom few are ill in the third.
  private var text: String {
    var text = "w,region,ill,y\n"
    for row in 0..<60 {
      let region = row < 30 ? "a" : row < 50 ? "b" : "c"
      let isIll = region == "c" ? row == 50 : row % 3 == 0
      text += "2,\(region),\(isIll ? "yes" : "no"),\(row)\n"
    }
    return text
  }

  private let kinds: [String: SampleTable.Kind] = [
    "w": .positive, "region": .optionalText, "ill": .optionalText, "y": .number,
  ]

  @Test func `a small domain is kept back, and another with it`() throws {
    let table = try table(text, kinds)
    let design = try DesignColumns(weight: "w").design(of: table)
    var gate = try ExportGate(rows: table.rows)
    let found = try SampleEstimates(
      [.proportion("ill", value: "yes"), .mean("y")], of: table, design: design, by: "region",
      through: &gate)
    let shares = found.answers.filter { $0.question != .mean("y") }
    #expect(shares.map(\.domain) == [nil, "a", "b", "c"])
    #expect(shares[0].told?.value == 18.0 / 60)
    #expect(shares[1].told != nil || shares[2].told != nil)
    #expect(shares[3].told == nil)
    #expect(shares.filter { $0.told == nil }.count >= 2, "or a subtraction tells")
    #expect(found.rows.allSatisfy { $0.count == SampleEstimates.header.count })
    // A domain that is kept back is counted, and not named.
    let counted = found.rows.filter { !$0[10].isEmpty }
    #expect(counted.first?[10] == "\(shares.count { $0.told == nil })")
    #expect(counted.allSatisfy { $0[0].isEmpty && $0[3].isEmpty && $0[9].isEmpty })
    #expect(!found.rows.contains { $0[0] == "c" && $0[1] == "proportion" })
  }

  @Test func `what a session told before narrows what it tells next`() throws {
    // All but three people have y: the count of one question and of the other differ by three.
    var text = "w,x,y\n"
    for row in 0..<40 { text += "1,\(row + 1),\(row < 37 ? "\(row + 1)" : "NA")\n" }
    let table = try table(text, ["w": .positive, "x": .number, "y": .number])
    let design = try DesignColumns(weight: "w").design(of: table)
    var gate = try ExportGate(rows: table.rows)
    let first = try SampleEstimates([.mean("x")], of: table, design: design, through: &gate)
    #expect(first.answers[0].told?.rows == 40)
    let why = sentence {
      _ = try SampleEstimates([.mean("y")], of: table, design: design, through: &gate)
    }
    #expect(why.contains("nothing may be told"))
    #expect(sentence { _ = try ExportGate(rows: 41, session: gate.session) }.contains("41"))
  }

  @Test func `a quantile near the end of a sample is one person's value and is kept back`() throws {
    let table = try table(text, kinds)
    let design = try DesignColumns(weight: "w").design(of: table)
    var gate = try ExportGate(rows: table.rows)
    let found = try SampleEstimates(
      [.quantile("y", share: 0.5), .quantile("y", share: 0.99)], of: table, design: design,
      through: &gate)
    #expect(found.answers[0].told?.value == 29)
    #expect(found.answers[1].told == nil)
  }

  @Test func `questions are read as they are written, or refused with a sentence`() throws {
    #expect(try .proportion(parsing: "a=b=c") == SampleQuestion.proportion("a", value: "b=c"))
    #expect(try .ratio(parsing: "a/b") == SampleQuestion.ratio("a", over: "b"))
    #expect(try .quantile(parsing: "a@0.25") == SampleQuestion.quantile("a", share: 0.25))
    for text in ["", "=", "a", "a@", "a@0", "a@1", "a@x", "a/", "a/b/c"] {
      #expect(!sentence { _ = try SampleQuestion.quantile(parsing: text) }.isEmpty)
      #expect(
        text.contains("/b") || !sentence { _ = try SampleQuestion.ratio(parsing: text) }.isEmpty)
    }
  }

  @Test func `random tables released by domains never give a small group away`() throws {
    var random = Xoshiro256(seed: 12)
    for _ in 0..<60 {
      let rows = 40 + random.draw(below: 60)
      var text = "w,d,v\n"
      var cells: [String: Int] = [:]
      for _ in 0..<rows {
        let (domain, value) = ("d\(random.draw(below: 6))", random.drawUnit() < 0.2 ? "1" : "0")
        text += "3,\(domain),\(value)\n"
        cells["\(domain) \(value)", default: 0] += 1
      }
      let table = try table(text, ["w": .positive, "d": .optionalText, "v": .optionalText])
      let design = try DesignColumns(weight: "w").design(of: table)
      var gate = try ExportGate(rows: rows)
      let found = try? SampleEstimates(
        [.proportion("v", value: "1")], of: table, design: design, by: "d", through: &gate)
      guard let found else { continue }
      // What an attacker holds: told domains, and the whole less all of them.
      var left = ["0": 0, "1": 0]
      var isHidden = false
      for answer in found.answers.dropFirst() {
        for value in ["0", "1"] {
          let count = cells["\(answer.domain ?? "") \(value)"] ?? 0
          if answer.told == nil {
            left[value, default: 0] += count
            isHidden = true
          } else {
            #expect(count >= 5)
          }
        }
      }
      if found.answers[0].told != nil, isHidden {
        #expect(left.values.allSatisfy { $0 >= 5 }, "\(cells)")
      }
    }
  }
}
