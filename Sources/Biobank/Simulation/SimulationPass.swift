internal import Statistics

/// One walk along the chromosomes that draws, writes and forgets variant after variant.
///
/// What is kept grows with the people, not with genotypes.
struct SimulationPass {
  private enum Row { case rare(Int), copied(Int) }

  private let genes: [SimulatedGene]
  /// The rare variants, gene after gene.
  let rare: [SimulatedVariant]
  /// Of each gene: people who carry a variant.
  private(set) var carriers: [Int]
  private var backbone: MosaicBackbone?
  private let rows: [Row]
  /// Of each person: what rare variants add, and what common ones do before they are scaled.
  private var rareScore: [Double]
  private var commonScore: [Double]
  private var commonScale = 0.0
  /// Of each copied variant: its name and its effect a copy, before scaling.
  private var common: [(id: String, effect: Double)] = []
  private var random: Xoshiro256

  init(genes: [SimulatedGene], people: Int, backbone: MosaicBackbone?, seed: UInt64) {
    self.genes = genes
    self.backbone = backbone
    rare = genes.enumerated().flatMap {
      SimulatedVariant.variants(of: $1, number: $0, seed: seed)
    }
    var places = rare.enumerated().map { place, one in
      (genes[one.gene].chromosome, one.variant.position, place, Row.rare(place))
    }
    for (place, variant) in (backbone?.variants ?? []).enumerated() {
      places.append(
        (variant.chromosome, variant.position, rare.count + place, Row.copied(place)))
    }
    rows = places.sorted { ($0.0, $0.1, $0.2) < ($1.0, $1.1, $1.2) }.map(\.3)
    carriers = [Int](repeating: 0, count: genes.count)
    rareScore = [Double](repeating: 0, count: people)
    commonScore = [Double](repeating: 0, count: backbone == nil ? 0 : people)
    random = Xoshiro256(seed: SplitMix64.seed(seed, piece: Stream.polygenic.rawValue))
  }

  /// How many variants were copied.
  var copied: Int { common.count }

  /// The variance that rare variants are expected to make.
  var expectedVariance: Double {
    rare.reduce(0) { sum, one in
      let effect = genes[one.gene].effect
      return sum + effect * effect * 2 * one.frequency * (1 - one.frequency)
    }
  }

  /// Draws all variants and writes PLINK's three files.
  mutating func write(
    to prefix: String, _ people: [PlinkFiles.Person]
  ) throws(BiobankError) {
    var writer = try PlinkWriter(prefix: prefix, people: people)
    let nobody = [PlinkWriter.Genotype](repeating: .none, count: people.count)
    var genotypes = nobody
    var seen = [Set<Int>](repeating: [], count: genes.count)
    for row in rows {
      switch row {
      case .rare(let place):
        let one = rare[place]
        genotypes = nobody
        for person in one.carriers(among: people.count) {
          genotypes[person] = genotypes[person] == .none ? .one : .two
          rareScore[person] += genes[one.gene].effect
          seen[one.gene].insert(person)
        }
        try writer.write(one.variant, genotypes)
      case .copied(let place):
        guard let variant = copy(place, &genotypes) else { continue }
        try writer.write(variant, genotypes)
      }
    }
    try writer.commit()
    carriers = seen.map(\.count)
    scaleCommon()
  }

  private mutating func copy(
    _ place: Int, _ genotypes: inout [PlinkWriter.Genotype]
  ) -> PlinkFiles.Variant? {
    guard var mosaic = backbone else { return nil }
    // Taken out while it changes, or its arrays would be copied.
    backbone = nil
    let (mean, deviation) = mosaic.copy(place, into: &genotypes)
    let variant = mosaic.row(place)
    backbone = mosaic
    // Every standardised variant has the same share of the variance, in expectation.
    let draw = random.drawNormal()
    let effect = deviation > 0 ? draw / deviation : 0
    for (person, genotype) in genotypes.enumerated() {
      if let copies = genotype.copies { commonScore[person] += effect * (copies - mean) }
    }
    common.append((variant.id, effect))
    return variant
  }

  /// The common part becomes one of mean 0 and variance 1.
  private mutating func scaleCommon() {
    let moments = SimulatedValues(commonScore)
    commonScale = moments.deviation > 0 ? 1 / moments.deviation : 0
    for person in commonScore.indices { commonScore[person] -= moments.mean }
  }

  private func deviation(polygenic: Double) -> Double {
    commonScale * SimulatedTrait.deviation * polygenic.squareRoot()
  }

  /// The trait of every person.
  func values(
    of trait: SimulatedTrait, residual: Double, polygenic: Double, isNull: Bool
  ) -> SimulatedValues {
    let expected = rare.reduce(0) { $0 + 2 * $1.frequency * genes[$1.gene].effect }
    let scale = deviation(polygenic: polygenic)
    return SimulatedValues(
      trait.people.indices.map { person in
        var added = rareScore[person] - expected
        if !commonScore.isEmpty { added += commonScore[person] * scale }
        return trait.value(person, genes: isNull ? 0 : added, residual: residual)
      })
  }

  /// Every variant with its effect a copy; of copied ones those that have one.
  func effects(isNull: Bool, polygenic: Double) -> [(id: String, gene: String, effect: Double)] {
    let scale = deviation(polygenic: polygenic)
    return rare.map { ($0.variant.id, genes[$0.gene].name, isNull ? 0 : genes[$0.gene].effect) }
      + (scale > 0 ? common.map { ($0.id, "", isNull ? 0 : $0.effect * scale) } : [])
  }
}

/// Numbers of people with their mean and standard deviation.
struct SimulatedValues {
  let values: [Double]
  let mean: Double
  let deviation: Double

  init(_ values: [Double]) {
    self.values = values
    let count = Double(max(1, values.count))
    let mean = values.reduce(0, +) / count
    self.mean = mean
    deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
  }
}
