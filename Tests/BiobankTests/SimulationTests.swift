import Foundation
import Statistics
import TestSupport
import Testing

@testable import Biobank

@Suite("A simulated cohort")
struct SimulationTests {
  private let strong = [
    SimulatedGene(
      symbol: "UP", chromosome: "19", position: 100, carriersOneIn: 50, effect: 71.25,
      citations: ["PMID:1"]),
    SimulatedGene(
      symbol: "DOWN", chromosome: "1", position: 200, carriersOneIn: 80, effect: -50,
      citations: ["PMID:2"]),
  ]

  private func simulate(
    _ scratch: ScratchFolder, _ name: String, people: Int = 3000, nullGenes: Int = 20,
    seed: UInt64 = 5, isNull: Bool = false, backbone: String? = nil, polygenic: Double = 0
  ) throws -> CohortSimulation.Outcome {
    try CohortSimulation(
      genes: strong, nullGenes: nullGenes, people: people, seed: seed, isNull: isNull,
      backbone: backbone, pieceLength: 20, polygenic: polygenic
    ).write(prefix: scratch.path(name), truth: scratch.path(name + ".truth"))
  }

  private func study(_ prefix: String) throws -> BurdenStudy {
    try BurdenStudy(
      PlinkFiles(prefix: prefix), trait: PersonTable(path: prefix + ".traits.txt").column("LDL"),
      isBinary: false, covariates: PersonTable(path: prefix + ".covariates.txt").values,
      sets: VariantSets(
        annotations: prefix + ".annotations", sets: prefix + ".sets", masks: prefix + ".masks"),
      allowed: nil)
  }

  @Test("The same seed gives the same bytes, another seed others") func seeds() throws {
    let (one, two) = (try ScratchFolder(), try ScratchFolder())
    let first = try simulate(one, "c", people: 400)
    #expect(try simulate(two, "c", people: 400) == first)
    #expect(try files(in: one.url) == files(in: two.url))
    _ = try simulate(two, "c", people: 400, seed: 6)
    #expect(try files(in: one.url)["c.bed"] != files(in: two.url)["c.bed"])
  }

  @Test("Carriers are as many as published, but for chance") func carriers() throws {
    let scratch = try ScratchFolder()
    let found = try simulate(scratch, "c", people: 20_000, nullGenes: 0)
    for gene in strong {
      let expected = 20_000 / gene.carriersOneIn
      let seen = Double(try #require(found.carriers[gene.symbol]))
      #expect(abs(seen - expected) < 4 * expected.squareRoot(), "\(gene.symbol): \(seen)")
    }
  }

  @Test("The null twin has the same genotypes and noise, and only carriers' traits differ")
  func twin() throws {
    let scratch = try ScratchFolder()
    _ = try simulate(scratch, "c")
    _ = try simulate(scratch, "n", isNull: true)
    let all = try files(in: scratch.url)
    #expect(all["c.bed"] == all["n.bed"] && all["c.covariates.txt"] == all["n.covariates.txt"])
    let (acting, silent) = (
      try PersonTable(path: scratch.path("c.traits.txt")).column("LDL"),
      try PersonTable(path: scratch.path("n.traits.txt")).column("LDL")
    )
    let moved = acting.filter { abs($0.value - (silent[$0.key] ?? 0)) > 1e-9 }
    // One in 50 and one in 80 of 3,000.
    #expect((60...140).contains(moved.count))
    let truth = try String(contentsOfFile: scratch.path("n.truth"), encoding: .utf8)
    #expect(
      truth.split(separator: "\n").dropFirst().allSatisfy {
        $0.hasSuffix("\t0.0") || $0.hasSuffix("\t0")
      })
  }

  @Test("Effects stand in the truth alone; seed and citations stand beside the genotypes")
  func truth() throws {
    let scratch = try ScratchFolder()
    _ = try simulate(scratch, "c", people: 500)
    for (name, bytes) in try files(in: scratch.url)
    where name != "c.truth" && name != "c.bed" && name != "c.traits.txt" {
      #expect(!String(decoding: bytes, as: UTF8.self).contains("71.25"), "\(name)")
    }
    let statement = try #require(SimulationStatement.beside(scratch.path("c")))
    #expect(statement.seed == 5 && statement.citations == ["PMID:1", "PMID:2"])
    #expect(SimulationStatement.beside(scratch.path("none")) == nil)
  }

  @Test("Strong genes are found with their direction, the others are not") func found() throws {
    let scratch = try ScratchFolder()
    _ = try simulate(scratch, "c")
    let findings = try study(scratch.path("c")).findings.sorted {
      $0.result.burden < $1.result.burden
    }
    #expect(findings.prefix(2).map(\.mask.set) == ["UP", "DOWN"])
    #expect(try #require(findings[0].effect).beta > 50)
    #expect(try #require(findings[1].effect).beta < -30)
    #expect(findings[1].result.burden < 1e-6 && findings[2].result.burden > 1e-4)
  }

  @Test("p-values of genes that do nothing are spread evenly") func uniform() throws {
    let scratch = try ScratchFolder()
    _ = try simulate(scratch, "c", people: 2000, nullGenes: 150, isNull: true)
    let findings = try study(scratch.path("c")).findings
    #expect(findings.count > 120)
    for test in [\RareVariantTest.Result.burden, \.skat] {
      let sorted = findings.map { $0.result[keyPath: test] }.sorted()
      let furthest =
        sorted.enumerated().map {
          abs($0.element - (Double($0.offset) + 0.5) / Double(sorted.count))
        }.max() ?? 1
      // Kolmogorov's distance at p = 0.001.
      #expect(furthest < 1.95 / Double(sorted.count).squareRoot(), "\(furthest)")
    }
  }

  @Test("Copied variants keep their frequencies and their linkage") func mosaic() throws {
    let real = try MadeUpCohort(people: 60, variants: 40, missing: 0)
    let scratch = try ScratchFolder()
    let found = try simulate(
      scratch, "c", people: 4000, nullGenes: 0, backbone: real.prefix, polygenic: 0.3)
    #expect(found.copiedVariants == 40)
    let (old, new) = (
      try PlinkFiles(prefix: real.prefix), try PlinkFiles(prefix: scratch.path("c"))
    )
    func share(_ files: PlinkFiles, _ variant: Int) -> Double {
      let counts = files.counts(variant)
      return Double(counts.alleles) / Double(counts.observed)
    }
    for variant in 0..<40 { #expect(abs(share(old, variant) - share(new, variant)) < 0.03) }
    let (a, b) = (new.genotypes(10), new.genotypes(11))
    let pairs = Set(zip(real.genotypes[10], real.genotypes[11]).map { [$0.rawValue, $1.rawValue] })
    // Where a piece goes on, the pair of genotypes is a real person's.
    let kept = zip(a, b).count { pairs.contains([$0.rawValue, $1.rawValue]) }
    #expect(kept > 3500)
  }

  @Test("Tables of genes without sense are refused in words")
  func refused() throws {
    let scratch = try ScratchFolder()
    let header = "gene,chromosome,position,carriers_one_in,effect,citations\n"
    for bad in [
      "gene,chromosome\nA,1\n", header, header + "A,1,5,1,3,\n", header + "A,1,x,9,3,\n",
      header + "A,1,5,9,big,\n",
    ] {
      let path = try scratch.write(bad, to: "genes.csv")
      #expect(throws: BiobankError.self) { try SimulatedGene.reading(path) }
    }
    #expect(throws: BiobankError.self) {
      try CohortSimulation(genes: strong, people: 3, seed: 1).write(
        prefix: scratch.path("c"), truth: nil)
    }
  }
}
