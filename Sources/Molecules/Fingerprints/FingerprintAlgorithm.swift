/// A kind of fingerprint with its settings; equal to RDKit's generators with the same settings.
public enum FingerprintAlgorithm: Hashable, Codable, Sendable {
  /// Circular environments (ECFP): radius 2 is ECFP4.
  case morgan(radius: Int, bits: Int)
  /// Circular environments of pharmacophore features (FCFP): radius 2 is FCFP4.
  case featureMorgan(radius: Int, bits: Int)
  /// The 166 public MACCS keys at bits 1…166 of 167; bit 0 is unused.
  case maccs
  /// Pairs of atoms with their distance, counts folded into bits.
  case atomPair(bits: Int)
  /// Runs of four bonded atoms, counts folded into bits.
  case topologicalTorsion(bits: Int)
  /// Bonded subgraphs of 1…7 bonds, two bits each.
  case rdkitPath(bits: Int)

  /// ECFP4 folded to 2,048 bits.
  public static let ecfp4 = FingerprintAlgorithm.morgan(radius: 2, bits: 2_048)

  /// The width in bits.
  public var bitCount: Int {
    switch self {
    case .morgan(_, let bits), .featureMorgan(_, let bits): bits
    case .maccs: 167
    case .atomPair(let bits), .topologicalTorsion(let bits), .rdkitPath(let bits): bits
    }
  }

  /// The width in words of 64 bits.
  public var wordCount: Int { (bitCount + 63) / 64 }
}
