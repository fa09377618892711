import Foundation
import Statistics
import TestSupport

@testable import Biobank

/// A set of the HapMap and 1000 Genomes pair, unpacked into a scratch folder.
func unpacked(_ name: String, _ scratch: ScratchFolder) throws -> PlinkFiles {
  let prefix = "datasets/geno_hapmap3_1kg/\(name)_thinned_autosomal_overlap"
  for ending in ["bim", "fam"] {
    try scratch.write(try SharedData.bytes("\(prefix).\(ending)"), to: "\(name).\(ending)")
  }
  try scratch.write(try SharedData.bytes(prefix + ".bed.gz"), to: "\(name).bed")
  return try PlinkFiles(prefix: scratch.path(name))
}

/// HapMap 3: 957 people, 14,079 variants.
func hapMap(_ scratch: ScratchFolder) throws -> PlinkFiles { try unpacked("HM3", scratch) }

/// The 1000 Genomes, phase 1: 1,092 people, the same variants.
func thousandGenomes(_ scratch: ScratchFolder) throws -> PlinkFiles {
  try unpacked("1kg.ref.phase1_release_v3.20101123", scratch)
}

/// Writes the chosen variants of the chosen people, in this order, changed where wanted.
func rewritten(
  _ files: PlinkFiles, variants: [Int]? = nil, rows: [Int]? = nil, to prefix: String,
  _ change: (Int, Int, PlinkWriter.Genotype) -> PlinkWriter.Genotype = { $2 },
  chromosome: (PlinkFiles.Variant) -> String = { $0.chromosome }
) throws -> PlinkFiles {
  let rows = rows ?? Array(files.people.indices)
  var writer = try PlinkWriter(prefix: prefix, people: rows.map { files.people[$0] })
  var codes = [UInt8](repeating: 0, count: rows.count)
  for place in variants ?? Array(files.variants.indices) {
    let old = files.variants[place]
    files.read(place, of: rows, into: &codes)
    try writer.write(
      PlinkFiles.Variant(
        chromosome: chromosome(old), id: old.id, position: old.position, counted: old.counted,
        other: old.other),
      codes.enumerated().map {
        change(place, rows[$0], PlinkWriter.Genotype(rawValue: $1) ?? .none)
      }
    )
  }
  try writer.commit()
  return try PlinkFiles(prefix: prefix)
}

/// People of two populations, a child of the first two last; every fourth variant on X, 1 % missing.
func madeUpCohort(
  _ prefix: String, people: Int = 60, variants: Int = 1_200, seed: UInt64 = 5
) throws -> PlinkFiles {
  var random = Xoshiro256(seed: seed)
  let names = (0..<people).map {
    PlinkFiles.Person(family: "F\($0 / 2)", id: "P\($0)", sex: $0 % 2 + 1)
  }
  var writer = try PlinkWriter(prefix: prefix, people: names)
  for place in 0..<variants {
    let isX = place % 4 == 3
    let base = 0.15 + 0.7 * random.drawUnit()
    let shift = 0.15 * (random.drawUnit() - 0.5)
    // Two alleles of each person; a man has one of X, twice.
    var alleles: [[Bool]] = []
    for person in 0..<people {
      let p = base + (person < people / 2 ? shift : -shift)
      let one = random.drawUnit() < p
      let other = random.drawUnit() < p
      alleles.append([one, isX && names[person].sex == 1 ? one : other])
    }
    alleles[people - 1] = [alleles[1][random.draw(below: 2)], alleles[0][random.draw(below: 2)]]
    let genotypes = alleles.map { pair -> PlinkWriter.Genotype in
      if random.drawUnit() < 0.01 { return .missing }
      return [.none, .one, .two][pair.count { $0 }]
    }
    try writer.write(
      PlinkFiles.Variant(
        chromosome: isX ? "X" : "\(place % 22 + 1)", id: "v\(place)", position: place,
        counted: "A", other: "G"), genotypes)
  }
  try writer.commit()
  return try PlinkFiles(prefix: prefix)
}
