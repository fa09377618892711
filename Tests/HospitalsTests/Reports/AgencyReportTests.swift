import Entities
import Foundation
import Hospitals
import Records
import TestSupport
import Testing

@Suite struct AgencyReportTests {
  private let scratch: ScratchFolder
  private let refused = RefusalList()

  init() throws { scratch = try ScratchFolder() }

  private func read(
    _ role: AgencyReports.Role = .primary, naming: AgencyReports.Naming = .ingredient,
    names: NameRule = NameRule(), bySex: Bool = false
  ) throws -> ReportReading {
    try AgencyReports(
      folders: [scratch.url.path], role: role, naming: naming, names: names,
      isStratifiedBySex: bySex
    ).read(refused: refused.add)
  }

  /// Drug, event and count of each pair.
  private func pairs(_ tally: ReportTally) -> [String: Int] {
    Dictionary(
      uniqueKeysWithValues: tally.pairs.map {
        ("\(tally.drugs[$0.drug]) \(tally.events[$0.event])", $0.count)
      })
  }

  @Test func `a case counts once, by its newest report, then by the highest number`() throws {
    try MadeUpQuarter(
      cases: [
        ["1001", "100", "20220701", "F"], ["1002", "100", "20220801", "F"],
        // One day: the higher number. 999 < 1000 as numbers, not as texts.
        ["2999", "200", "20220701", "M"], ["21000", "200", "20220701", "M"],
        // A later day beats a higher number.
        ["3009", "300", "20220701", ""], ["3001", "300", "20220702", ""],
      ],
      drugs: [
        ["1001", "PS", "a", ""], ["1002", "PS", "b", ""], ["2999", "PS", "a", ""],
        ["21000", "PS", "c", ""], ["3009", "PS", "a", ""], ["3001", "PS", "d", ""],
      ],
      reactions: ["1001", "1002", "2999", "21000", "3009", "3001"].map { [$0, "Pain"] }
    ).write(to: scratch)
    let found = try read()
    #expect(pairs(found.tally) == ["B PAIN": 1, "C PAIN": 1, "D PAIN": 1])
    #expect(found.tally.total == 3)
    #expect(found.accounts.map(\.superseded) == [3, 3, 3])
    #expect(found.isComplete && refused.rows.isEmpty)
  }

  @Test func `a case of AERS goes on in FAERS, and equal numbers of both are two reports`() throws {
    try MadeUpQuarter(
      name: "12Q3", isOld: true,
      cases: [["77", "7", "20120901", "F"], ["88", "8", "20120901", "M"]],
      drugs: [["77", "PS", "old"], ["88", "PS", "other"]],
      reactions: [["77", "Pain"], ["88", "Rash"]]
    ).write(to: scratch)
    try MadeUpQuarter(
      name: "12Q4", cases: [["77", "7", "20121101", "F"]], drugs: [["77", "PS", "x", "new"]],
      reactions: [["77", "Pain"]]
    ).write(to: scratch)
    #expect(pairs(try read().tally) == ["NEW PAIN": 1, "OTHER RASH": 1])
  }

  @Test func `roles, names and repeated rows`() throws {
    try MadeUpQuarter(
      cases: [["1", "1", "20220701", "F"], ["2", "2", "20220701", "M"]],
      drugs: [
        ["1", "PS", "Lipitor", "ATORVASTATIN CALCIUM"], ["1", "SS", "Prednisone.", ""],
        ["1", "SS", " PREDNISONE ", ""], ["1", "C", "aspirin", ""], ["1", "DN", "never", ""],
        ["2", "PS", "atorvastatin", ""],
      ],
      reactions: [["1", "Rhabdomyolysis"], ["1", "RHABDOMYOLYSIS"], ["2", "Pain"]]
    ).write(to: scratch)
    #expect(
      pairs(try read().tally) == [
        "ATORVASTATIN CALCIUM RHABDOMYOLYSIS": 1, "ATORVASTATIN PAIN": 1,
      ])
    #expect(pairs(try read(naming: .product).tally)["LIPITOR RHABDOMYOLYSIS"] == 1)
    #expect(pairs(try read(.suspects).tally).count == 3)
    let all = try read(.all)
    #expect(pairs(all.tally).count == 4 && all.accounts[1].otherRoles == 1)
    let table = try scratch.write(
      "name,standard\nAtorvastatin calcium,atorvastatin\n", to: "names.csv")
    let salts = try read(names: NameRule(mapping: .file(table)))
    #expect(salts.tally.drugs == ["ATORVASTATIN"])
  }

  @Test func `every bad row is refused with its reason and shifts nothing`() throws {
    try MadeUpQuarter(
      cases: [
        ["1", "1", "20220701", "F"], ["1", "9", "20220702", "F"], ["", "2", "20220701", "F"],
        ["2x", "2", "20220701", "F"], ["3", "", "20220701", "F"], ["4", "4", "", "F"],
      ],
      drugs: [
        ["1", "PS", "a", ""], ["1", "PS", "pay $5 now", ""], ["1", "PS"], ["99", "PS", "b", ""],
        ["1", "", "c", ""], ["1", "PS", "", ""], ["4", "PS", "\"quoted", ""],
      ],
      reactions: [["1", "Pain"], ["1", ""], ["4", "Pain"]]
    ).write(to: scratch)
    let found = try read()
    #expect(pairs(found.tally) == ["A PAIN": 1, "\"QUOTED PAIN": 1])
    #expect(
      refused.codes == [
        "duplicate-identifier", "missing-value", "unreadable", "missing-value",
        "wrong-field-count", "wrong-field-count", "filtered", "missing-value", "missing-value",
        "missing-value",
      ])
    #expect(refused.rows.map(\.record.line).prefix(4) == [3, 4, 5, 6])
    #expect(found.isComplete)
    #expect(found.accounts.map(\.refused) == [4, 5, 1])
  }

  @Test func `Latin-1 and UTF-8 spell one name`() throws {
    try MadeUpQuarter(
      cases: [["1", "1", "20220701", "F"], ["2", "2", "20220701", "F"]], drugs: [],
      reactions: [["1", "Ménière's disease"]]
    ).write(to: scratch)
    try scratch.write("primaryid$role_cod$drugname\n1$PS$Naïve\n2$PS$x\n", to: "DRUG22Q3.txt")
    var latin = Data("primaryid$pt\n1$Ménière's disease\n2$M".utf8)
    latin.append(contentsOf: [0xE9, 0x6E, 0x69, 0xE8, 0x72, 0x65])
    latin.append(contentsOf: "'s disease\n".utf8)
    try scratch.write(latin, to: "REAC22Q3.txt")
    let found = try read()
    #expect(
      found.tally.events == ["MÉNIÈRE'S DISEASE"] && found.tally.pairs.map(\.count) == [1, 1])
    #expect(found.remarks.count == 1 && found.accounts.last?.latinLines == 1)
  }

  @Test func `withdrawn cases do not count, and reports without a drug are told`() throws {
    try MadeUpQuarter(
      cases: [
        ["1", "11", "20220701", "F"], ["2", "22", "20220701", "F"], ["3", "33", "20220701", "F"],
      ], drugs: [["1", "PS", "a", ""], ["2", "PS", "a", ""], ["3", "C", "a", ""]],
      reactions: [["1", "Pain"], ["2", "Pain"], ["3", "Pain"]]
    ).write(to: scratch)
    try scratch.write("22\nnonsense\n", to: "ADR22Q3DeletedCases.txt")
    let found = try read()
    #expect(found.tally.total == 1 && found.incomplete == 1)
    #expect(refused.codes == ["unreadable"])
    #expect(found.isComplete)
  }

  @Test func `what cannot be used as a whole is one sentence`() throws {
    #expect(throws: HospitalError.self) { try read() }
    try scratch.write("primaryid$caseid$fda_dt\n1$1$20220701\n", to: "DEMO22Q3.txt")
    #expect(throws: HospitalError.self) { try read() }
    try scratch.write("something$else\n1$2\n", to: "DRUG22Q3.txt")
    try scratch.write("primaryid$pt\n1$Pain\n", to: "REAC22Q3.txt")
    let error = #expect(throws: HospitalError.self) { try read() }
    #expect(error?.description.contains("primaryid") ?? false)
  }

  @Test(arguments: 0..<40) func `no cut and no flipped byte ends the reading`(seed: Int) throws {
    try MadeUpQuarter(
      cases: (1...30).map { ["\($0)", "\($0 / 2)", "202207\($0)", "F"] },
      drugs: (1...30).map { ["\($0)", "PS", "drug \($0 % 5)", ""] },
      reactions: (1...30).map { ["\($0)", "term \($0 % 7)"] }
    ).write(to: scratch)
    for name in ["DEMO22Q3.txt", "DRUG22Q3.txt", "REAC22Q3.txt"] {
      let file = scratch.url.appending(path: name)
      var data = try Data(contentsOf: file)
      // Past the header, which alone may end it with a sentence.
      let header = try #require(data.firstIndex(of: UInt8(ascii: "\n"))) + 1
      for step in 0..<5 {
        let place = header + (seed &* 7919 &+ step &* 104_729) % (data.count - header)
        data[place] = UInt8(truncatingIfNeeded: seed &* 31 &+ step &* 97)
      }
      try data.prefix(data.count - seed).write(to: file)
    }
    let found = try read()
    #expect(found.isComplete)
    #expect(found.accounts.reduce(0) { $0 + $1.refused } == refused.rows.count)
  }
}

@Suite("FDA's samples", .enabled(if: SharedData.isPresent)) struct AgencySampleTests {
  @Test(
    arguments: [
      ("aers_ascii_2004q1", ["DEMO": 100, "DRUG": 386, "REAC": 416], 7),
      ("faers_ascii_2017q2", ["DEMO": 100, "DRUG": 328, "REAC": 286], 7),
    ])
  func `every row of both layouts is accounted for`(
    folder: String, rows: [String: Int], files: Int
  ) throws {
    let refused = RefusalList()
    let path = SharedData.path("datasets/ae_faers_ascii_sample/\(folder)")
    let found = try AgencyReports(folders: [path], role: .all).read(refused: refused.add)
    #expect(found.accounts.count == files && found.isComplete)
    for account in found.accounts {
      let text = try String(contentsOfFile: "\(path)/\(account.file)", encoding: .isoLatin1)
      #expect(account.rows == text.split(whereSeparator: \.isNewline).count - 1)
      if let expected = rows[String(account.file.prefix(4))] { #expect(account.rows == expected) }
    }
    #expect(refused.rows.isEmpty, "\(refused.rows)")
    #expect(found.tally.total + found.incomplete == found.accounts[0].used)
  }
}
