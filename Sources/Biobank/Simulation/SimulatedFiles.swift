internal import Foundation
internal import Provenance

/// A rare variant of a gene.
struct SimulatedVariant: Hashable {
  let gene: SimulatedGene
  let place: Int

  var id: String { "\(gene.symbol)_\(place + 1)" }
  var variant: PlinkFiles.Variant {
    PlinkFiles.Variant(
      chromosome: gene.chromosome, id: id, position: gene.position + 100 * place, counted: "T",
      other: "C")
  }
}

/// The tables beside a simulated cohort's genotypes.
struct SimulatedFiles {
  private let simulation: CohortSimulation
  private let prefix: String

  init(_ simulation: CohortSimulation, prefix: String) {
    self.simulation = simulation
    self.prefix = prefix
  }

  func tables(
    _ people: [PlinkFiles.Person], trait: [(age: Int, trait: Double)]
  ) throws(BiobankError) {
    try write("traits.txt") { (file) throws(FileError) in
      try file.write("FID IID \(simulation.trait)\n")
      for (person, value) in zip(people, trait) {
        try file.write("\(person.family) \(person.id) \(value.trait)\n")
      }
    }
    try write("covariates.txt") { (file) throws(FileError) in
      try file.write("FID IID age sex\n")
      for (person, value) in zip(people, trait) {
        try file.write("\(person.family) \(person.id) \(value.age) \(person.sex)\n")
      }
    }
  }

  /// regenie's three files: every rare variant is a loss of function.
  func sets(_ variants: [SimulatedVariant]) throws(BiobankError) {
    try write("annotations") { (file) throws(FileError) in
      for variant in variants { try file.write("\(variant.id) \(variant.gene.symbol) LoF\n") }
    }
    try write("sets") { (file) throws(FileError) in
      var start = variants.startIndex
      while start < variants.endIndex {
        let gene = variants[start].gene
        let end = variants[start...].firstIndex { $0.gene != gene } ?? variants.endIndex
        let names = variants[start..<end].map(\.id).joined(separator: ",")
        try file.write("\(gene.symbol) \(gene.chromosome) \(gene.position) \(names)\n")
        start = end
      }
    }
    try write("masks") { (file) throws(FileError) in try file.write("LoF LoF\n") }
  }

  /// That these people do not exist, and after which publications; no effect stands here.
  func statement() throws(BiobankError) {
    let statement = SimulationStatement(
      seed: simulation.seed, isNull: simulation.isNull, people: simulation.people,
      citations: Set(simulation.genes.flatMap(\.citations)).sorted(),
      copiesRealPeople: simulation.backbone != nil)
    do {
      try AtomicFile.write(
        String(decoding: StableJSON.encode(statement), as: UTF8.self),
        to: SimulationStatement.url(prefix: prefix))
    } catch { throw .genotypes(prefix, "cannot be written: \(error)") }
  }

  /// What each variant does.
  func truth(_ variants: [SimulatedVariant], to path: String) throws(BiobankError) {
    try write(to: URL(filePath: path)) { (file) throws(FileError) in
      try file.write("variant\tgene\teffect\n")
      for variant in variants {
        let effect = simulation.isNull ? 0 : variant.gene.effect
        try file.write("\(variant.id)\t\(variant.gene.symbol)\t\(effect)\n")
      }
    }
  }

  private func write(
    _ ending: String, _ body: (inout AtomicFile) throws(FileError) -> Void
  ) throws(BiobankError) {
    try write(to: URL(filePath: "\(prefix).\(ending)"), body)
  }

  private func write(
    to url: URL, _ body: (inout AtomicFile) throws(FileError) -> Void
  ) throws(BiobankError) {
    do throws(FileError) {
      var file = try AtomicFile(at: url)
      try body(&file)
      try file.commit()
    } catch { throw .genotypes(url.path, "cannot be written: \(error)") }
  }
}

/// What stands beside simulated genotypes: that they are, from which seed and after which publications.
public struct SimulationStatement: Codable, Hashable, Sendable {
  /// The seed.
  public let seed: UInt64
  /// Whether nothing acts.
  public let isNull: Bool
  /// How many people.
  public let people: Int
  /// The publications of rates and effects.
  public let citations: [String]
  /// Whether common variants were copied from real people.
  public let copiesRealPeople: Bool

  static func url(prefix: String) -> URL { URL(filePath: prefix + ".simulated.json") }

  /// The statement beside these genotypes; nil where there is none.
  public static func beside(_ prefix: String) -> SimulationStatement? {
    guard let data = try? Data(contentsOf: url(prefix: prefix)) else { return nil }
    return try? JSONDecoder().decode(SimulationStatement.self, from: data)
  }
}
