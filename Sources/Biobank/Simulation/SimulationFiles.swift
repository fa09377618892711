internal import Foundation
internal import Provenance

/// The files of made-up people beside PLINK's three.
struct SimulationFiles {
  let prefix: String

  /// All of them, PLINK's too.
  var all: [String] {
    [
      "bed", "bim", "fam", "traits.txt", "covariates.txt", "annotations", "sets", "masks",
      "simulated.json",
    ].map { prefix + "." + $0 }
  }

  /// The tables of people.
  func write(_ trait: SimulatedTrait, _ values: SimulatedValues) throws(BiobankError) {
    try write(prefix + ".traits.txt", header: "FID IID LDL", trait.people.indices) { place in
      let person = trait.people[place]
      return "\(person.family) \(person.id) \(values.values[place])"
    }
    try write(prefix + ".covariates.txt", header: "FID IID age sex", trait.people.indices) {
      let person = trait.people[$0]
      return "\(person.family) \(person.id) \(trait.ages[$0]) \(person.sex)"
    }
  }

  /// regenie's three files, with one mask.
  func write(_ genes: [SimulatedGene], _ variants: [SimulatedVariant]) throws(BiobankError) {
    try write(prefix + ".annotations", variants) {
      "\($0.variant.id) \(genes[$0.gene].name) LoF"
    }
    var members = [[String]](repeating: [], count: genes.count)
    for one in variants { members[one.gene].append(one.variant.id) }
    try write(prefix + ".sets", genes.indices) { place in
      let gene = genes[place]
      return "\(gene.name) \(gene.chromosome) \(gene.position) "
        + members[place].joined(separator: ",")
    }
    try write(prefix + ".masks", ["LoF LoF"]) { $0 }
  }

  /// The effects, for whoever asked for them.
  func write(
    truth effects: [(id: String, gene: String, effect: Double)], to path: String
  ) throws(BiobankError) {
    try write(path, header: "variant\tgene\teffect", effects) {
      "\($0.id)\t\($0.gene)\t\($0.effect)"
    }
  }

  /// The record, which belongs to the genotypes that were written.
  func write(
    seed: UInt64, _ table: SimulationTable, isNull: Bool, backbone: String?, people: Int
  ) throws(BiobankError) {
    let path = SimulationRecord.path(besides: prefix)
    do {
      try StableJSON.write(
        SimulationRecord(
          seed: seed, citations: table.citations, isNull: isNull, table: table.digest,
          genotypes: Digest(ofFileAt: URL(filePath: prefix + ".bed")),
          backbone: backbone.map { try Digest(ofFileAt: URL(filePath: $0 + ".bed")) },
          people: people), to: URL(filePath: path))
    } catch { throw .table(path, "cannot be written: \(error)") }
  }

  private func write<Rows: Sequence>(
    _ path: String, header: String? = nil, _ rows: Rows, _ line: (Rows.Element) -> String
  ) throws(BiobankError) {
    do throws(FileError) {
      var file = try AtomicFile(at: URL(filePath: path))
      if let header { try file.write(header + "\n") }
      for row in rows { try file.write(line(row) + "\n") }
      try file.commit()
    } catch { throw .table(path, "cannot be written: \(error)") }
  }
}
