internal import Foundation
internal import Statistics

/// A rare variant of a gene in made-up people.
struct SimulatedVariant {
  /// Its row in `.bim`.
  let variant: PlinkFiles.Variant
  /// The number of its gene.
  let gene: Int
  /// The share of the alleles that have it.
  let frequency: Double
  private let seed: UInt64

  /// The variants of a gene, three to nine.
  ///
  /// They share its carriers as a stick is broken: each takes a random part of what the ones before
  /// left, so that some gene lives of one variant and others of many (Ewens' partition with θ = 1).
  static func variants(of gene: SimulatedGene, number: Int, seed: UInt64) -> [SimulatedVariant] {
    let own = SplitMix64.seed(seed, piece: Stream.genes.rawValue + number)
    var random = Xoshiro256(seed: own)
    let count = 3 + random.draw(below: 7)
    var shares: [Double] = []
    var left = 1.0
    for place in 0..<count {
      let share = place == count - 1 ? left : left * random.drawUnit()
      shares.append(share)
      left -= share
    }
    let carriers = 1 / gene.carriersOneIn
    return shares.enumerated().map { place, share in
      // With (1 − p)² = (1 − c) to the share, the gene's carriers are c of the people exactly.
      SimulatedVariant(
        variant: PlinkFiles.Variant(
          chromosome: "\(gene.chromosome)", id: "\(gene.name).\(place + 1)",
          position: gene.position + 100 * place, counted: "T", other: "C"),
        gene: number, frequency: -expm1(log1p(-carriers) * share / 2),
        seed: SplitMix64.seed(own, piece: place + 1))
    }
  }

  /// The alleles of people 0, 0, 1, 1, … that have the variant: the people, ascending, one who has it
  /// twice standing twice.
  ///
  /// - Complexity: O(carriers), by drawing the distances between them.
  func carriers(among people: Int) -> [Int] {
    guard frequency > 0 else { return [] }
    var random = Xoshiro256(seed: seed)
    let rate = log1p(-frequency)
    var found: [Int] = []
    var allele = -1
    while true {
      let skipped = (log(1 - random.drawUnit()) / rate).rounded(.down)
      guard skipped < Double(2 * people - allele - 1) else { return found }
      allele += 1 + Int(skipped)
      found.append(allele / 2)
    }
  }
}

/// The parts of a simulation that draw random numbers of their own, so that none depends on another.
enum Stream: Int {
  case people, noise, mosaic, polygenic, nullGenes
  case genes = 16
}

extension SimulatedGene {
  /// Genes without effect: `GENE0001`, …, on all autosomes, one person in 200 to 2,000 a carrier.
  static func withoutEffect(_ count: Int, seed: UInt64) -> [SimulatedGene] {
    var random = Xoshiro256(seed: SplitMix64.seed(seed, piece: Stream.nullGenes.rawValue))
    return (0..<count).map { number in
      let digits = "\(number + 1)"
      return SimulatedGene(
        name: "GENE" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits,
        chromosome: number % 22 + 1, position: 1_000_000 + 20_000 * (number / 22),
        carriersOneIn: 200 * pow(10, random.drawUnit()), effect: 0)
    }
  }
}
