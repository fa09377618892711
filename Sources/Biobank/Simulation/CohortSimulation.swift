internal import Foundation
internal import Provenance
internal import Statistics

/// A cohort of people who do not exist: rare carriers at published rates, a trait that their genes change,
/// and, where a backbone is given, common variants copied from real people.
///
/// Every part has its own stream of random numbers, so that the null twin has the same people, the same
/// genotypes and the same noise, and differs in the effects alone.
public struct CohortSimulation: Sendable {
  /// The genes that act.
  public var genes: [SimulatedGene]
  /// How many genes there are that do nothing, rare in the same way.
  public var nullGenes: Int
  /// How many people.
  public var people: Int
  /// The seed.
  public var seed: UInt64
  /// Whether nothing acts.
  public var isNull: Bool
  /// The trait's name, mean and standard deviation without the genes.
  public var trait: String, mean: Double, deviation: Double
  /// The prefix of real genotypes to copy common variants from, and how long the pieces are.
  public var backbone: String?, pieceLength: Double
  /// The share of the trait's variance that the copied variants make, together.
  public var polygenic: Double

  /// Describes a cohort; by default LDL cholesterol in mg/dL.
  public init(
    genes: [SimulatedGene], nullGenes: Int = 0, people: Int, seed: UInt64, isNull: Bool = false,
    trait: String = "LDL", mean: Double = 130, deviation: Double = 35, backbone: String? = nil,
    pieceLength: Double = 200, polygenic: Double = 0
  ) {
    self.genes = genes
    self.nullGenes = nullGenes
    self.people = people
    self.seed = seed
    self.isNull = isNull
    self.trait = trait
    self.mean = mean
    self.deviation = deviation
    self.backbone = backbone
    self.pieceLength = pieceLength
    self.polygenic = polygenic
  }

  /// What was written.
  public struct Outcome: Hashable, Sendable {
    /// Rare variants, and variants copied from real people.
    public let rareVariants: Int, copiedVariants: Int
    /// Carriers by gene that acts.
    public let carriers: [String: Int]
  }

  /// Variants of a gene; the first is twice as frequent as the second, and so on.
  static let variantsOfGene = 6
  /// A year of age, and being a man, change the trait by so many standard deviations.
  static let ageEffect = 0.01, sexEffect = 0.1

  /// Writes the cohort's files, and the truth to a file of its own that no verb reads.
  public func write(prefix: String, truth: String?) throws(BiobankError) -> Outcome {
    guard people >= 20 else { throw .noEstimate("a cohort has at least 20 people") }
    let everyone = (1...people).map { number in
      PlinkFiles.Person(family: "0", id: "S\(number)", sex: 1 + number % 2)
    }
    var writer = try PlinkWriter(prefix: prefix, people: everyone)
    var genetic = [Double](repeating: 0, count: people)
    let copied = try copy(into: &writer, &genetic)
    let rare = try addRare(into: &writer, &genetic)
    try writer.commit()
    let files = SimulatedFiles(self, prefix: prefix)
    try files.tables(everyone, trait: values(genetic))
    try files.sets(rare.variants)
    try files.statement()
    if let truth { try files.truth(rare.variants, to: truth) }
    return Outcome(
      rareVariants: rare.variants.count, copiedVariants: copied, carriers: rare.carriers)
  }

  /// A stream of random numbers for one purpose.
  private func stream(_ purpose: UInt64) -> Xoshiro256 {
    Xoshiro256(seed: seed &* 0x9E37_79B9_7F4A_7C15 &+ purpose)
  }

  private func copy(
    into writer: inout PlinkWriter, _ genetic: inout [Double]
  ) throws(BiobankError) -> Int {
    guard let backbone else { return 0 }
    let real = try PlinkFiles(prefix: backbone)
    var mosaic = GenotypeMosaic(
      people: people, sources: real.people.count, length: pieceLength,
      seed: stream(1).seedOfItsOwn)
    var random = stream(2)
    let scale =
      isNull
      ? 0 : deviation * (polygenic / Double(max(1, real.variants.count))).squareRoot()
    for (place, variant) in real.variants.enumerated() {
      if place == 0 || real.variants[place - 1].chromosome != variant.chromosome {
        mosaic.beginChromosome()
      }
      let genotypes = mosaic.next(real.genotypes(place))
      try writer.write(variant, genotypes)
      let counts = real.counts(place)
      guard counts.observed > 0 else { continue }
      let share = Double(counts.alleles) / Double(counts.observed)
      let spread = (2 * share * (1 - share)).squareRoot()
      let effect = random.drawNormal() * scale
      guard effect != 0, spread > 0 else { continue }
      for (person, genotype) in genotypes.enumerated() {
        let copies = [2, 2 * share, 1, 0][Int(genotype.rawValue)]
        genetic[person] += effect * (copies - 2 * share) / spread
      }
    }
    return real.variants.count
  }

  private func addRare(
    into writer: inout PlinkWriter, _ genetic: inout [Double]
  ) throws(BiobankError) -> (variants: [SimulatedVariant], carriers: [String: Int]) {
    let rate = genes.map(\.carriersOneIn).reduce(0, +) / Double(max(1, genes.count))
    let silent = (0..<nullGenes).map { number in
      SimulatedGene.null(
        number + 1, chromosome: 1 + number % 22, carriersOneIn: genes.isEmpty ? 300 : rate)
    }
    var (variants, carriers): ([SimulatedVariant], [String: Int]) = ([], [:])
    for (number, gene) in (genes + silent).enumerated() {
      var random = stream(1_000 + UInt64(number))
      var owned = (0..<Self.variantsOfGene).map { _ in [Int]() }
      var person = random.skip(gene.carriersOneIn)
      while person < people {
        // The first variant is carried by half of them, the second by a quarter…
        var place = 0
        while place < Self.variantsOfGene - 1, random.drawUnit() < 0.5 { place += 1 }
        owned[place].append(person)
        if !isNull { genetic[person] += gene.effect }
        person += 1 + random.skip(gene.carriersOneIn)
      }
      if number < genes.count { carriers[gene.symbol] = owned.reduce(0) { $0 + $1.count } }
      for (place, people) in owned.enumerated() where !people.isEmpty {
        let variant = SimulatedVariant(gene: gene, place: place)
        var genotypes = [PlinkWriter.Genotype](repeating: .none, count: self.people)
        for person in people { genotypes[person] = .one }
        try writer.write(variant.variant, genotypes)
        variants.append(variant)
      }
    }
    return (variants, carriers)
  }

  /// The trait of each person, with age; sex is the person's.
  private func values(_ genetic: [Double]) -> [(age: Int, trait: Double)] {
    var random = stream(3)
    let noise = deviation * max(0, 1 - polygenic).squareRoot()
    return genetic.enumerated().map { person, genes in
      let age = 40 + random.draw(below: 31)
      let male = person % 2 == 1 ? 1.0 : 0
      let known = (Self.ageEffect * Double(age - 55) + Self.sexEffect * (male - 0.5)) * deviation
      return (age, mean + known + genes + noise * random.drawNormal())
    }
  }
}

extension Xoshiro256 {
  /// A seed drawn from the stream, for a stream that must not be the same.
  fileprivate var seedOfItsOwn: UInt64 {
    var copy = self
    return copy.next()
  }
}
