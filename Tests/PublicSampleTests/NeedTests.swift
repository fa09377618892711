import Entities
import Foundation
import Governance
import Records
import Statistics
import TestSupport
import Testing

@testable import PublicSample

@Suite("Need")
struct NeedTests {
  @Test func `a set of codes holds what begins with it, in ranges and but for what is taken out`()
    throws
  {
    let set = try CodeSet("E10-E14, i10; E78.0,!E10.9")
    for code in ["E11", "e119", "E14.8", "I10", "I10.9", "E780", "E78.01"] {
      #expect(set.contains(code), "\(code)")
    }
    for code in ["E10.9", "E1091", "E15", "E78", "E78.1", "I1", "", "XE11"] {
      #expect(!set.contains(code), "\(code)")
    }
    for text in ["", "!E11", "E14-E10", "E1-E14", "E10-", "-", "E10-E11-E12", "E1%"] {
      #expect(!sentence { _ = try CodeSet(text) }.isEmpty, "\(text)")
    }
  }

  @Test func `the world's population is whole, and groups without people join their elders`() throws
  {
    #expect(abs(StandardPopulation.world.shares.reduce(0, +) - 100) < 0.1)
    #expect(StandardPopulation.world.group(of: 4.9) == 0)
    #expect(StandardPopulation.world.group(of: 103) == 17)
    let merged = StandardPopulation.world.merged(for: [42, 71, nil, 43])
    #expect(merged.ages == [0, 45])
    #expect(abs(merged.shares.reduce(0, +) - StandardPopulation.world.shares.reduce(0, +)) < 1e-9)
    #expect(merged.group(of: 71) == 1 && merged.group(of: 42) == 0)
    #expect(!sentence { _ = try StandardPopulation(ages: [5, 0], shares: [1, 1]) }.isEmpty)
  }

  @Test func `a cascade is counted as by hand`() throws {
    // 10 well, 4 untreated, 3 treated and controlled, 2 treated and not, 1 treated and not measured.
    var people = SampleFiles.People()
    people.sex = [String](repeating: "1", count: 20)
    people.age = (0..<20).map { _ in 50 }
    people.isDiagnosed = [(0..<20).map { $0 >= 10 }]
    people.isTreated = [(0..<20).map { $0 >= 14 }]
    people.measured = [
      (0..<20).map { row in row < 17 ? 100.0 : row < 19 ? 150 : nil }
    ]
    let design = try SurveyDesign(weights: [Double](repeating: 10, count: 20))
    let cascade = try TreatmentCascade(
      try MadeUpSample.disease(control: "BLDS<126"), at: 0, of: people, design: design,
      standard: .world)
    #expect(cascade.prevalence.estimate.value == 0.5)
    #expect(cascade.standardised?.estimate.value == 0.5)
    #expect(cascade.treated?.estimate.value == 0.6)
    #expect(cascade.controlled?.estimate.value == 0.6)
    #expect(abs((cascade.unmet?.estimate.value ?? 0) - 6.0 / 9) < 1e-12)
    #expect(cascade.unmetPeople?.estimate.value == 60)
    let need = try #require(cascade.need)
    #expect(need.people.value == 60 && (need.people.lower ?? 99) < 60)
    // Four untreated, and one not measured: too few to tell.
    let release = CascadeRelease.judge([cascade], rows: 20)[0]
    #expect(release.prevalence && !release.treated && !release.controlled && !release.unmet)
  }

  @Test func `the published tables join into people, every row accounted for`() throws {
    let scratch = try ScratchFolder()
    let files = try MadeUpSample.cohort(people: 3000, seed: 2, in: scratch)
    let disease = try MadeUpSample.disease(codes: "E11", drugs: "A10", control: "BLDS<126")
    let read = try SampleFiles(
      files: files, diseases: [disease], drugCodes: ["249001ATB": "A10BA02"]
    ).read()
    #expect(read.people.count == 3000)
    #expect(read.accounts.map(\.layout) == [.nscJK, .nscT20, .nscT60, .nscGJ, .nscT40])
    #expect(read.accounts.allSatisfy { $0.refused.isEmpty })
    let ill = read.people.isDiagnosed[0].count { $0 }
    let rows = try String(contentsOfFile: scratch.path("t40.csv"), encoding: .utf8)
    #expect(ill == rows.split(separator: "\n").count - 1)
    let treated = read.people.isTreated[0].count { $0 }
    #expect(treated > ill / 2 && treated < ill)
    let design = try SampleFiles.design(
      of: read.people, everybody: 50, isStratified: true, singleUnits: .fail)
    #expect(design.degreesOfFreedom() > 2900)
    let cascade = try TreatmentCascade(
      disease, at: 0, of: read.people, design: design, standard: .world)
    #expect(abs((cascade.treated?.estimate.value ?? 0) - Double(treated) / Double(ill)) < 1e-9)
    let row = NeedTable.row(cascade, CascadeRelease.judge([cascade], rows: 3000)[0])
    #expect(row.count == NeedTable.header.count)
    let table =
      [NeedTable.header, row].map { $0.joined(separator: "\t") + "\n" }.joined()
    let needs = try NeedTable.read(path: try scratch.write(table, to: "need.tsv"))
    #expect(needs == [try #require(cascade.need)])
  }

  @Test func `claims of nobody, second claims of a number and bad weights are refused`() throws {
    let scratch = try ScratchFolder()
    let t20 = LayoutFile(
      .hiraT20,
      path: try scratch.write(
        """
        SPEC_ID_SNO,JID,SamplingWeight,SEX_TP_CD,PAT_AGE,MSICK_CD,SSICK_CD
        1,A,33.3,1,60,E119,
        2,A,33.3,1,60,I10,E119
        2,B,33.3,2,40,I10,
        3,C,0,2,40,I10,
        4,D,-1,2,40,I10,
        5,E,x,2,40,I10,
        6,,33.3,2,40,I10,
        7,F,,2,40,,

        """, to: "t20.csv"))
    let t40 = LayoutFile(
      .hiraT40, path: try scratch.write("SPEC_ID_SNO,SICK_CD\n1,E119\n9,E119\n7,$\n", to: "t40.csv")
    )
    let t53 = LayoutFile(
      .hiraT53, path: try scratch.write("SPEC_ID_SNO,GNL_CD\n1,A10\n3,A10\n", to: "t53.csv"))
    let read = try SampleFiles(
      files: [t53, t40, t20], diseases: [try MadeUpSample.disease()]
    ).read()
    #expect(read.people.count == 3)
    #expect(read.accounts[0].taken == 3)
    #expect(read.accounts[0].refused == ["filtered": 4, "missing-value": 1])
    #expect(read.accounts[1].refused == ["unknown-identifier": 1])
    #expect(read.people.isDiagnosed[0] == [true, false, false])
    #expect(read.people.isTreated[0] == [true, false, false])
    #expect(
      sentence {
        _ = try SampleFiles.design(
          of: read.people, everybody: nil, isStratified: false, singleUnits: .fail)
      }.contains("1 people have no weight"))
    let wrong = LayoutFile(.nscT20, path: t20.path)
    #expect(
      sentence { _ = try SampleFiles(files: [wrong], diseases: []).read() }
        .contains("no nsc-t20: it has no column KEY_SEQ"))
    let renamed = LayoutFile(
      .nscT20, path: t20.path,
      renamed: [.statement: "SPEC_ID_SNO", .person: "JID", .mainDiagnosis: "MSICK_CD"])
    #expect(try SampleFiles(files: [renamed], diseases: []).read().people.count == 6)
  }

  @Test func `of nested diseases the inner is kept back where few are between them`() throws {
    var people = SampleFiles.People()
    let rows = 60
    people.sex = [String](repeating: "1", count: rows)
    people.age = (0..<rows).map { _ in nil }
    people.isDiagnosed = [(0..<rows).map { $0 < 20 }, (0..<rows).map { $0 < 17 }]
    people.isTreated = [(0..<rows).map { $0 < 8 }, (0..<rows).map { $0 < 8 }]
    people.measured = [(0..<rows).map { _ in nil }, (0..<rows).map { _ in nil }]
    let design = try SurveyDesign(weights: [Double](repeating: 1, count: rows))
    let cascades = try [("MONDO:1", 0), ("MONDO:2", 1)].map { id, place in
      try TreatmentCascade(
        try MadeUpSample.disease(id), at: place, of: people, design: design, standard: nil)
    }
    let releases = CascadeRelease.judge(cascades, rows: rows)
    #expect(releases[0].prevalence && releases[0].unmet)
    #expect(releases[1] == .nothing)
  }

  @Test func `a table of a person a row gives the same people`() throws {
    let text = "w,dx,rx,age,BLDS\n1,E11.9;I10,A10BA02,50,100\n1,I10,,60,\n1,E119,C09,70,200\n"
    let columns = TablePeople(diagnoses: "dx", drugs: "rx", age: "age")
    let diseases = [try MadeUpSample.disease(control: "BLDS<126")]
    var kinds = columns.kinds(for: diseases)
    kinds["w"] = .positive
    let table = try SampleTable(.bytes(Array(text.utf8)), columns: kinds)
    let people = try columns.people(of: table, diseases: diseases)
    #expect(people.isDiagnosed == [[true, false, true]])
    #expect(people.isTreated == [[true, false, false]])
    #expect(people.measured == [[100, nil, 200]])
    #expect(
      sentence {
        _ = try TablePeople(diagnoses: "dx").people(of: table, diseases: diseases)
      }.contains("--drugs"))
  }

  @Test func `a table of diseases is read whole or not at all`() throws {
    let scratch = try ScratchFolder()
    let head = "id\tname\tcodes\tdrugs\tcontrol\n"
    let good = try scratch.write(
      head + "MONDO:1\tone\tE11\tA10\tBLDS<126\nMONDO:2\ttwo\tI10\t\tBP_HIGH<140\n", to: "d.tsv")
    let read = try DiseaseDefinition.read(path: good)
    #expect(read.map(\.disease.id) == ["MONDO:1", "MONDO:2"] && read[1].drugs == nil)
    #expect(read[0].control?.holds(126) == false && read[0].control?.holds(125.9) == true)
    for (text, word) in [
      ("MONDO:1\tone\tE11\t\t\n", "neither drugs nor a measurement"),
      ("MONDO:1\tone\tE11\tA10\tBLDS\n", "COLUMN<NUMBER"),
      ("MONDO:1\tone\t\tA10\t\n", "no row"),
      ("MONDO:1\tone\tE11\tA10\t\nMONDO:1\tone\tE12\tA10\t\n", "twice"),
    ] {
      let path = try scratch.write(head + text, to: "bad.tsv")
      #expect(
        sentence { _ = try DiseaseDefinition.read(path: path) }.contains(word), "\(text)")
    }
  }
}
