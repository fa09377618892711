internal import Provenance

/// A cohort of people who never lived, with rare variants whose effects are known.
///
/// The same seed and settings give the same bytes. A null twin (``isNull``) has the same people,
/// genotypes and noise; only the effects of genes are 0.
public struct CohortSimulation: Sendable {
  /// The published numbers.
  public var table: SimulationTable
  /// How many people.
  public var people: Int
  /// How many genes without effect beside the table's.
  public var nullGenes: Int
  /// Decides every random number.
  public var seed: UInt64
  /// Whether all effects of genes are 0.
  public var isNull = false
  /// Real people whose common variants are copied, and who of them may be; nil for rare ones alone.
  public var backbone: (prefix: String, allowed: Set<String>?)?
  /// The expected length of a copied piece, in base pairs.
  public var pieceLength = 1_000_000.0
  /// The share of the trait's variance that the copied variants make.
  public var polygenic = 0.0

  /// Describes a simulation.
  public init(table: SimulationTable, people: Int, nullGenes: Int, seed: UInt64) {
    self.table = table
    self.people = people
    self.nullGenes = nullGenes
    self.seed = seed
  }

  /// What was made.
  public struct Outcome: Sendable {
    /// The genes of the table, and how many people carry a variant of each.
    public let carriers: [(gene: String, people: Int)]
    /// All genes, rare variants, and variants copied.
    public let genes: Int, rare: Int, copied: Int
    /// Mean and standard deviation of the trait.
    public let mean: Double, deviation: Double
  }

  /// Makes the cohort and writes all its files; the last is the record that says it is made up.
  ///
  /// - Parameter truth: the file for the effects of variants; nil to write them nowhere.
  public func write(to prefix: String, truth: String?) throws(BiobankError) -> Outcome {
    try check(prefix, truth)
    let genes = table.genes + SimulatedGene.withoutEffect(nullGenes, seed: seed)
    guard Set(genes.map(\.name)).count == genes.count else {
      throw .noEstimate("a gene of the table is named as one without effect")
    }
    let trait = SimulatedTrait(people: people, seed: seed)
    let sources = try backbone.map { sources throws(BiobankError) in
      try MosaicBackbone(
        prefix: sources.prefix, allowed: sources.allowed, people: people, length: pieceLength,
        seed: seed)
    }
    var pass = SimulationPass(genes: genes, people: people, backbone: sources, seed: seed)
    guard
      let residual = SimulatedTrait.residual(genes: pass.expectedVariance, polygenic: polygenic)
    else { throw .noEstimate("the genes make more than the trait's whole variance") }
    try pass.write(to: prefix, trait.people)
    let files = SimulationFiles(prefix: prefix)
    let values = pass.values(of: trait, residual: residual, polygenic: polygenic, isNull: isNull)
    try files.write(trait, values)
    try files.write(genes, pass.rare)
    if let truth {
      try files.write(
        truth: pass.effects(isNull: isNull, polygenic: polygenic), to: truth)
    }
    try files.write(
      seed: seed, table, isNull: isNull, backbone: backbone?.prefix, people: people)
    return Outcome(
      carriers: table.genes.indices.map { (genes[$0].name, pass.carriers[$0]) },
      genes: genes.count, rare: pass.rare.count, copied: pass.copied,
      mean: values.mean, deviation: values.deviation)
  }

  private func check(_ prefix: String, _ truth: String?) throws(BiobankError) {
    guard (1...10_000_000).contains(people) else {
      throw .noEstimate("a simulation has 1 to 10,000,000 people, not \(people)")
    }
    guard (0...100_000).contains(nullGenes), nullGenes + table.genes.count > 0 else {
      throw .noEstimate("a simulation has 1 to 100,000 genes")
    }
    guard (0..<1).contains(polygenic), polygenic == 0 || backbone != nil else {
      throw .noEstimate("polygenic is 0 to 1, and needs people to copy common variants from")
    }
    guard pieceLength > 0, pieceLength.isFinite else {
      throw .noEstimate("the expected length of a piece is above 0")
    }
    if let truth, SimulationFiles(prefix: prefix).all.contains(truth) {
      throw .noEstimate("the truth has a file of its own, not \(truth)")
    }
  }
}
