import Foundation
import Hospitals
import Provenance
import Statistics
import TestSupport
import Testing

@Suite struct SiteRuleTests {
  private var generator = SplitMix64(seed: 21)

  private mutating func ask(
    _ site: inout HospitalSite, _ study: StudyDefinition, _ body: Question.Body,
    round: UInt32 = 0, nonce: MessageID? = nil, day: String = "2026-11-25",
    run: MessageID = MessageID(high: 1, low: 1)
  ) -> Answer.Body {
    let question = Question(
      study: study.digest, run: run, round: round,
      nonce: nonce ?? MessageID(using: &generator), body: body)
    return site.answer(
      question, from: "coordinator", on: day, noise: SystemRandomNumberGenerator()
    ).answer.body
  }

  private func site(
    _ rows: [String], _ studies: [StudyDefinition], header: String = "y,a,b",
    rules: SiteRules = SiteRules(), ledger: SiteLedger = SiteLedger()
  ) throws -> HospitalSite {
    let folder = try ScratchFolder()
    let path = try folder.write(([header] + rows).joined(separator: "\n") + "\n", to: "t.csv")
    return HospitalSite(
      name: "site1", table: try SiteTable(path: path, studies: studies), studies: studies,
      rules: rules, ledger: ledger)
  }

  private func study(_ terms: [String], name: String = "s") throws -> StudyDefinition {
    try StudyDefinition(
      name: name, model: .logistic, outcome: "y", terms: terms.map { .init($0) })
  }

  /// 120 persons: the outcome and `a` are balanced, `b` is measured.
  private let rows = (0..<120).map { "\($0 % 2),\($0 / 2 % 2),\(Double($0 * 7 % 120) / 10)" }

  @Test mutating func `too few persons, and too many terms for them, are refused`() throws {
    let study = try study(["a", "b"])
    var few = try site(Array(rows.prefix(49)), [study])
    #expect(
      ask(&few, study, .newton(scalings: [], coefficients: [0, 0, 0])) == .refusal(.fewPersons))
    var enough = try site(Array(rows.prefix(50)), [study])
    guard case .newton = ask(&enough, study, .newton(scalings: [], coefficients: [0, 0, 0])) else {
      Issue.record("50 persons and 3 coefficients are enough")
      return
    }
    let names = (0..<6).map { "x\($0)" }
    let wide = try StudyDefinition(
      name: "w", model: .logistic, outcome: "y", terms: names.map { .init($0) })
    let values = (0..<69).map { row in
      (["\(row % 2)"] + names.indices.map { "\(Double(row * (7 + $0) % 69) / 7)" }).joined(
        separator: ",")
    }
    var narrow = try site(values, [wide], header: (["y"] + names).joined(separator: ","))
    #expect(
      ask(&narrow, wide, .newton(scalings: [], coefficients: [Double](repeating: 0, count: 7)))
        == .refusal(.manyTerms))
  }

  @Test mutating func `a level with four persons or four events is refused, an empty one is not`()
    throws
  {
    let study = try study(["a", "b"])
    for (rare, refused) in [(4, true), (5, false), (0, false)] {
      // `a` is 1 for so many, all of them events.
      let rows = (0..<120).map {
        "\($0 < rare || $0 % 2 == 0 ? 1 : 0),\($0 < rare ? 1 : 0),\($0 * 7 % 120)"
      }
      var hospital = try site(rows, [study])
      let answer = ask(&hospital, study, .newton(scalings: [], coefficients: [0, 0, 0]))
      #expect((answer == .refusal(.smallCell)) == refused, "\(rare) persons")
    }
    // Four events among them all.
    let rare = (0..<120).map { "\($0 < 4 ? 1 : 0),\($0 % 2),\($0 * 7 % 120)" }
    var hospital = try site(rare, [study])
    #expect(
      ask(&hospital, study, .newton(scalings: [], coefficients: [0, 0, 0])) == .refusal(.smallCell))
  }

  @Test mutating func `coefficients that single persons out are refused`() throws {
    let study = try study(["a", "b"])
    var hospital = try site(rows, [study])
    // All weight lies on the persons whose b is about 6: two of 120.
    let probe = [-6.0 * 400, 0, 400]
    #expect(
      ask(&hospital, study, .newton(scalings: [], coefficients: probe)) == .refusal(.fewWeigh))
    // Coefficients that sort all persons but a few: the gradient would be theirs.
    let sorted = (0..<120).map { "\(($0 > 59) != ($0 == 7) ? 1 : 0),\($0 % 2),\($0)" }
    var other = try site(sorted, [study])
    #expect(
      ask(&other, study, .newton(scalings: [], coefficients: [-59.5 * 3, 0, 3]))
        == .refusal(.fewWeigh))
  }

  @Test
  mutating func `a nonce is used once and a round never falls, yet a lost answer is given again`()
    throws
  {
    let study = try study(["a", "b"])
    var hospital = try site(rows, [study])
    let nonce = MessageID(high: 5, low: 6)
    let zero = Question.Body.newton(scalings: [], coefficients: [0, 0, 0])
    let first = ask(&hospital, study, zero, round: 1, nonce: nonce)
    guard case .newton = first else {
      Issue.record("the first answer is given")
      return
    }
    #expect(ask(&hospital, study, zero, round: 1, nonce: nonce) == .refusal(.replayed))
    #expect(ask(&hospital, study, zero, round: 0) == .refusal(.replayed))
    #expect(ask(&hospital, study, zero, round: 1) == first)
    #expect(ask(&hospital, study, zero, round: 0, run: MessageID(high: 2, low: 2)) == first)
  }

  @Test
  mutating func
    `rounds of a day and numbers of a study have an end, what was told may be told again`() throws
  {
    let study = try study(["a", "b"])
    var rules = SiteRules()
    rules.roundsPerDay = 3
    var hospital = try site(rows, [study], rules: rules)
    func place(_ step: Int) -> Question.Body {
      .newton(scalings: [], coefficients: [Double(step) / 100, 0, 0])
    }
    for step in 0..<3 {
      guard case .newton = ask(&hospital, study, place(step)) else {
        Issue.record("round \(step) is answered")
        return
      }
    }
    #expect(ask(&hospital, study, place(3)) == .refusal(.roundsSpent))
    guard case .newton = ask(&hospital, study, place(0)) else {
      Issue.record("what was told may be told again")
      return
    }
    // 120 persons of three values each: 180 numbers may be told, 11 a round.
    var answered = 3
    for step in 3..<40 {
      let answer = ask(&hospital, study, place(step), day: "2026-12-\(10 + step / 3)")
      if case .newton = answer { answered += 1 } else { #expect(answer == .refusal(.numbersSpent)) }
    }
    #expect(answered == 16)
    #expect(hospital.ledger.numbersTold(study.digest) == 16 * 11)
  }

  @Test mutating func `records that changed after an answer are refused`() throws {
    let study = try study(["a", "b"])
    let body = Question.Body.newton(scalings: [], coefficients: [0, 0, 0])
    var hospital = try site(rows, [study])
    guard case .newton = ask(&hospital, study, body) else {
      Issue.record("the first answer is given")
      return
    }
    var later = try site(rows + ["1,1,3.5"], [study], ledger: hospital.ledger)
    #expect(ask(&later, study, body, day: "2027-01-01") == .refusal(.cohortChanged))
  }

  @Test mutating func `a study whose persons differ by a few from an answered one is refused`()
    throws
  {
    let (short, long) = (try study(["b"], name: "short"), try study(["a", "b"], name: "long"))
    for (empty, refused) in [(0, false), (1, true), (4, true), (5, false)] {
      let rows = self.rows.enumerated().map { $0 < empty ? "\($0 % 2),,1.5" : $1 }
      var hospital = try site(rows, [short, long])
      guard case .newton = ask(&hospital, short, .newton(scalings: [], coefficients: [0, 0])) else {
        Issue.record("the first study is answered")
        return
      }
      let answer = ask(&hospital, long, .newton(scalings: [], coefficients: [0, 0, 0]))
      #expect((answer == .refusal(.differsByFew)) == refused, "\(empty) persons more")
    }
  }

  @Test mutating func `an unknown study and a question of another shape are refused`() throws {
    let study = try study(["a", "b"])
    var hospital = try site(rows, [study])
    let other = try self.study(["a"])
    #expect(ask(&hospital, other, .moments) == .refusal(.unknownStudy))
    #expect(
      ask(&hospital, study, .newton(scalings: [], coefficients: [0, 0])) == .refusal(.wrongShape))
    #expect(
      ask(&hospital, study, .newton(scalings: [.none], coefficients: [0, 0, 0]))
        == .refusal(.wrongShape))
    #expect(ask(&hospital, study, .table) == .refusal(.wrongShape))
    #expect(
      ask(&hospital, study, .noisyTable(numerator: 1, denominator: 1)) == .refusal(.wrongShape))
    // Far out nothing is finite.
    #expect(
      ask(&hospital, study, .newton(scalings: [], coefficients: [0, 1e308, 1e308]))
        == .refusal(.notFinite))
  }

  @Test mutating func `a table keeps small cells back, with noise it costs budget`() throws {
    let table = try ContingencyTable(
      rows: .init(column: "ward", levels: ["A", "B"]),
      columns: .init(column: "year", levels: ["1", "2", "3"]))
    let study = try StudyDefinition(
      name: "t", model: .logistic, outcome: "y", terms: [.init("b")], table: table)
    // A: 3, 20, 30; B: 25, 20, 22.
    let counts = [[3, 20, 30], [25, 20, 22]]
    var rows: [String] = []
    for (ward, years) in zip(["A", "B"], counts) {
      for (year, count) in years.enumerated() {
        for _ in 0..<count {
          rows.append("\(rows.count % 2),\(Double(rows.count) / 9),\(ward),\(year + 1)")
        }
      }
    }
    var hospital = try site(rows, [study], header: "y,b,ward,year")
    guard case .table(let cells) = ask(&hospital, study, .table) else {
      Issue.record("the table is told")
      return
    }
    #expect(cells.count == 12)
    #expect(cells[0] == nil)
    #expect(cells[11] == 120)
    // Not by subtraction either: its row and its column keep another cell back, or their sum.
    #expect(cells[..<4].count { $0 == nil } > 1)
    #expect([cells[0], cells[4], cells[8]].count { $0 == nil } > 1)

    #expect(
      ask(&hospital, study, .noisyTable(numerator: 1, denominator: 2)) == .refusal(.budgetSpent))
    let question = Question(
      study: study.digest, run: MessageID(high: 9, low: 9), round: 0,
      nonce: MessageID(using: &generator), body: .noisyTable(numerator: 1, denominator: 2))
    var spent: [Double] = []
    let (answer, _) = hospital.answer(
      question, from: "c", on: "2026-11-25", noise: SplitMix64(seed: 4),
      spend: { loss in
        spent.append(loss); return true
      })
    guard case .noisyTable(let noisy) = answer.body else {
      Issue.record("the noisy table is told")
      return
    }
    #expect(spent == [0.5])
    #expect(noisy != counts.joined().map { Int64($0) })
    #expect(zip(noisy, counts.joined()).allSatisfy { abs(Int($0) - $1) < 40 })
  }

  @Test func `a person's second row is refused where persons are named`() throws {
    let study = try study(["a", "b"])
    let folder = try ScratchFolder()
    let path = try folder.write(
      "y,a,b,id\n1,0,2.5,p\n0,1,3.5,q\n1,1,1.0,p\n0,0\n0,1,x,r\n", to: "t.csv")
    let table = try SiteTable(path: path, studies: [study], person: "id")
    #expect(table.rows == 3)
    #expect(table.refused == ["duplicate-identifier": 1, "wrong-field-count": 1])
    let site = HospitalSite(name: "s", table: table, studies: [study])
    #expect(site.standing.map(\.persons) == [2])
  }

  @Test func `a table without a study's column is refused by name`() throws {
    let study = try study(["a", "c"])
    let folder = try ScratchFolder()
    let path = try folder.write("y,a,b\n1,0,2.5\n", to: "t.csv")
    #expect(throws: HospitalError("the hospital's table has no column c")) {
      try SiteTable(path: path, studies: [study])
    }
  }
}
