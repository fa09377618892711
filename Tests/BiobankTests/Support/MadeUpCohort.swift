import Foundation
import Parallelism
import Statistics
import TestSupport

@testable import Biobank

/// A cohort that nobody belongs to, in files of its own.
struct MadeUpCohort {
  let scratch: ScratchFolder
  let people: [PlinkFiles.Person]
  var trait: [Double]
  var covariates: [[Double]]
  private(set) var genotypes: [[PlinkWriter.Genotype]]
  var prefix: String { scratch.path("cohort") }

  init(people count: Int, variants: Int, missing: Double, seed: UInt64 = 7) throws {
    scratch = try ScratchFolder()
    var random = Xoshiro256(seed: seed)
    people = (0..<count).map { PlinkFiles.Person(family: "f", id: "p\($0)", sex: 1 + $0 % 2) }
    trait = (0..<count).map { _ in Double.random(in: -2...2, using: &random) }
    covariates = (0..<2).map { _ in
      (0..<count).map { _ in Double.random(in: 0...1, using: &random) }
    }
    genotypes = (0..<variants).map { _ in
      let share = Double.random(in: 0.1...0.9, using: &random)
      return (0..<count).map { _ in
        if Double.random(in: 0..<1, using: &random) < missing { return .missing }
        let copies = (0..<2).count { _ in Double.random(in: 0..<1, using: &random) < share }
        return [.none, .one, .two][copies]
      }
    }
    try write(genotypes)
  }

  private init(
    people: [PlinkFiles.Person], trait: [Double], covariates: [[Double]],
    genotypes: [[PlinkWriter.Genotype]]
  ) throws {
    scratch = try ScratchFolder()
    self.people = people
    self.trait = trait
    self.covariates = covariates
    self.genotypes = genotypes
    try write(genotypes)
  }

  /// Writes these genotypes in place of the ones before.
  mutating func write(_ genotypes: [[PlinkWriter.Genotype]]) throws {
    self.genotypes = genotypes
    var writer = try PlinkWriter(prefix: prefix, people: people)
    for (place, row) in genotypes.enumerated() {
      try writer.write(
        PlinkFiles.Variant(
          chromosome: place < genotypes.count / 2 ? "1" : "2", id: "v\(place)", position: place + 1,
          counted: "A", other: "G"), row)
    }
    try writer.commit()
  }

  /// The same cohort without some people.
  func without(_ leaves: (String) -> Bool) throws -> MadeUpCohort {
    let kept = people.indices.filter { !leaves(people[$0].id) }
    return try MadeUpCohort(
      people: kept.map { people[$0] }, trait: kept.map { trait[$0] },
      covariates: covariates.map { column in kept.map { column[$0] } },
      genotypes: genotypes.map { row in kept.map { row[$0] } })
  }

  func chosen(allowed: Set<String>? = nil) throws -> StudyPeople {
    let places = people.indices.map { (people[$0].id, $0) }
    return try StudyPeople(
      among: people, trait: Dictionary(uniqueKeysWithValues: places.map { ($0, trait[$1]) }),
      covariates: Dictionary(
        uniqueKeysWithValues: places.map { id, row in (id, covariates.map { $0[row] }) }),
      allowed: allowed)
  }

  func scan(threads: Int = 2, allowed: Set<String>? = nil) throws -> [VariantFinding] {
    try findings(GenomeScan(measured: chosen(allowed: allowed)), threads: threads)
  }

  func findings(_ scan: GenomeScan, threads: Int = 2) throws -> [VariantFinding] {
    var found: [VariantFinding] = []
    try scan.run(GenotypeStream(prefix: prefix), pool: WorkerPool(threads: threads)) {
      found.append($0)
    }
    return found
  }
}
