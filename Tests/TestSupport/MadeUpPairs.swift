/// Pairs of compounds and proteins of two kinds, of which amines bind to one and acids to the other.
///
/// The proteins of a kind are of several families, which are remote relatives.
public struct MadeUpPairs {
  /// The compounds.
  public let smiles: [String]
  /// The proteins' chains, those of a family side by side, families of the two kinds in turn.
  public let chains: [String]
  /// The pairs, every compound with every protein.
  public let values: [(compound: Int, protein: Int, value: Double)]

  /// Makes them up; the same every time.
  ///
  /// - Parameters:
  ///   - noise: the largest error of a value; amines and acids differ by 3.
  ///   - fits: whether the kind of the protein matters at all.
  public init(families: Int = 12, each: Int = 2, noise: Double = 1.5, fits: Bool = true) {
    // Knuth's MMIX generator: the tests need no better one.
    var state: UInt64 = 5
    func draw(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(count))
    }
    let letters = Array("ACDEFGHIKLMNPQRSTVWY")
    func changed(_ chain: [Character], _ count: Int) -> [Character] {
      var chain = chain
      for _ in 0..<count { chain[draw(chain.count)] = letters[draw(20)] }
      return chain
    }
    smiles = (1...26).flatMap { size in
      let chain = String(repeating: "C", count: size)
      return [chain + "N", chain + "C(=O)O"]
    }
    let kinds = (0..<2).map { _ in (0..<120).map { _ in letters[draw(20)] } }
    var chains: [String] = []
    for family in 0..<families {
      let own = changed(kinds[family % 2], 34)
      for _ in 0..<each { chains.append(String(changed(own, 4))) }
    }
    self.chains = chains
    var values: [(compound: Int, protein: Int, value: Double)] = []
    for compound in smiles.indices {
      for protein in chains.indices {
        let kind = fits ? protein / each % 2 : 0
        let error = noise * (Double(draw(1_000)) / 500 - 1)
        values.append((compound, protein, (compound % 2 == kind ? 8 : 5) + error))
      }
    }
    self.values = values
  }

  /// The proteins as FASTA, named P0, P1, ….
  public var fasta: String {
    chains.enumerated().map { ">P\($0.offset) made up\n\($0.element)\n" }.joined()
  }

  /// The pairs as a table.
  public var csv: String {
    "id,smiles,protein,pKd\n"
      + values.map { "C\($0.compound),\(smiles[$0.compound]),P\($0.protein),\($0.value)\n" }
      .joined()
  }
}
