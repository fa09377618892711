import Entities
import Foundation
import TestSupport
import Testing

@testable import Biobank

@Suite("Rare disease cases")
struct RareDiseaseTests {
  private func tables(
    _ scratch: ScratchFolder, individuals: String, variants: String, allowed: Set<String>? = nil
  ) throws -> RareCaseTables {
    try RareCaseTables(
      individuals: scratch.write("id,disease_id,disease,pmid\n" + individuals, to: "i.csv"),
      variants: scratch.write(
        "id,gene,hgvs_c,chrom,pos,ref,alt,zygosity,status\n" + variants, to: "v.csv"),
      phenotypes: nil, allowed: allowed)
  }

  @Test("People of one publication with the same change are one family; others are not")
  func families() throws {
    let scratch = try ScratchFolder()
    let tables = try tables(
      scratch,
      individuals: "A,X:1,Ex,P1\nB,X:1,Ex,P1\nC,X:1,Ex,P1\nD,X:1,Ex,P2\n",
      variants: """
        A,G,c.10A>G,,,,,heterozygous,CAUSATIVE
        B,G,c.10A>G,,,,,heterozygous,CAUSATIVE
        C,G,c.20del,,,,,heterozygous,CAUSATIVE
        D,G,c.10A>G,,,,,heterozygous,CAUSATIVE

        """)
    let gene = try #require(RareDiseaseStudy(tables).genes.first)
    #expect(gene.cases == 4)
    #expect(gene.families == 3)
    #expect(gene.recurrent == ["c.10A>G"])
    #expect(gene.classes == [.substitution: 2, .frameshift: 1])
    #expect(abs(gene.points(hasFunction: false) - (1.5 + 2 * 0.5)) < 1e-12)
  }

  @Test("Rows of people without consent are not read, and every row is accounted for")
  func consent() throws {
    let scratch = try ScratchFolder()
    let tables = try tables(
      scratch, individuals: "A,X:1,Ex,P1\nB,X:1,Ex,P2\nA,X:1,Ex,P1\nC,,Ex,P3\n",
      variants: "A,G,c.10A>G,,,,,heterozygous,CAUSATIVE\nB,G,c.20del,,,,,heterozygous,CAUSATIVE\n"
        + "A,,,,,,,heterozygous,CAUSATIVE\nA,G,c.5A>T,,,,,heterozygous,benign\n",
      allowed: ["A", "C"])
    #expect(tables.cases.map(\.id) == ["A"])
    #expect(tables.cases[0].changes.count == 1)
    #expect(
      tables.refused == [
        "not allowed by consent": 1, "an individual twice": 1, "no disease": 1,
        "a change of nobody": 1, "a change in no named gene": 1, "not held to be causal": 1,
      ])
  }

  @Test("A result with a person left out equals the result of a file without that person")
  func withdrawal() throws {
    let scratch = try ScratchFolder()
    let individuals = "A,X:1,Ex,P1\nB,X:1,Ex,P2\nC,X:1,Ex,P3\n"
    let variants = ["A", "B", "C"].map {
      "\($0),G,c.\($0.count * 9)del,,,,,heterozygous,CAUSATIVE\n"
    }
    let left = try RareDiseaseStudy(
      tables(scratch, individuals: individuals, variants: variants.joined(), allowed: ["A", "C"]))
    let never = try RareDiseaseStudy(
      tables(
        scratch, individuals: "A,X:1,Ex,P1\nC,X:1,Ex,P3\n", variants: variants[0] + variants[2]))
    #expect(left.genes == never.genes)
  }

  @Test("Of people who were not published no rare change is named, nor a gene of few families")
  func minimumFamilies() throws {
    let scratch = try ScratchFolder()
    let people = (1...6).map { "P\($0),X:1,Ex,M\($0)\n" }.joined()
    let changes = (1...6).map { number in
      "P\(number),G,\(number < 6 ? "c.9del" : "c.20A>G"),,,,,heterozygous,CAUSATIVE\n"
        + (number < 5 ? "P\(number),H,c.7del,,,,,heterozygous,CAUSATIVE\n" : "")
    }.joined()
    let study = RareDiseaseStudy(
      try tables(scratch, individuals: people, variants: changes))
    let records = study.evidence(
      mechanisms: [], platform: .nationalBio, consent: "s1", minimumFamilies: 5)
    #expect(records.map(\.target.symbol) == ["G"])
    #expect(records.first?.statistic.variants == ["c.9del"])
    #expect(records.first?.remarks.contains { $0.contains("c.20A>G") } == false)
    let published = study.evidence(mechanisms: [], platform: .literature, consent: "published")
    #expect(published.first?.statistic.variants == ["c.9del", "c.20A>G"])
  }

  @Test("Modes follow the kinds of change, and biallelic disease is loss of function")
  func modes() throws {
    let scratch = try ScratchFolder()
    func mode(_ changes: [(String, String)]) throws -> RareDiseaseGene.Mode? {
      let tables = try tables(
        scratch, individuals: changes.indices.map { "P\($0),X:1,Ex,M\($0)\n" }.joined(),
        variants: changes.enumerated().map { "P\($0),G,\($1.0),,,,,\($1.1),CAUSATIVE\n" }.joined())
      return RareDiseaseStudy(tables).genes.first?.mode
    }
    #expect(try mode([("c.9del", "heterozygous"), ("c.10A>G", "heterozygous")]) == .truncating)
    #expect(try mode([("c.9A>G", "heterozygous"), ("c.10A>G", "heterozygous")]) == .altered)
    #expect(try mode([("c.9A>G", "homozygous"), ("c.10A>G", "heterozygous")]) == .biallelic)
    #expect(
      try mode([
        ("c.9A>G", "heterozygous"), ("c.10+5A>G", "heterozygous"), ("c.11del", "heterozygous"),
      ]) == .mixed)
  }

  @Test("A table that is missing, or lacks a column, is refused by name")
  func missing() throws {
    let scratch = try ScratchFolder()
    let file = try scratch.write("id,disease\nA,X\n", to: "i.csv")
    #expect(throws: BiobankError.self) {
      try RareCaseTables(individuals: file, variants: file, phenotypes: nil, allowed: nil)
    }
  }

  @Test(
    "PTPN11 in 10,580 published cases: Noonan syndrome gains function, metachondromatosis loses it",
    .enabled(if: SharedData.isPresent))
  func story() throws {
    let folder = "datasets/phenopackets_rare_disease/"
    let tables = try RareCaseTables(
      individuals: SharedData.path(folder + "individuals.csv.gz"),
      variants: SharedData.path(folder + "variants.csv.gz"),
      phenotypes: SharedData.path(folder + "phenotypes.csv.gz"), allowed: nil)
    #expect(tables.cases.count == 10_580)
    let study = RareDiseaseStudy(tables)
    func find(_ disease: String) throws -> RareDiseaseGene {
      try #require(study.genes.first { $0.gene == "PTPN11" && $0.disease == disease })
    }
    #expect(try find("OMIM:156250").mode == .truncating)
    #expect(try find("OMIM:163950").mode == .altered)
    #expect(try find("OMIM:151100").mode == .altered)
    #expect(try find("OMIM:156250").mode.direction == .lossOfFunction)
    let coherent = try #require(try find("OMIM:163950").coherence)
    #expect(coherent.similarity > coherent.expected)
  }
}
