public import Molecules

/// One stretch of a feature row: a fingerprint and how its entries become numbers.
public struct FeatureBlock: Codable, Hashable, Sendable {
  /// How an entry becomes a number.
  public enum Value: String, Codable, Hashable, Sendable {
    /// 1 where the bit is set.
    case binary
    /// log₂(1 + count): 1 for a feature that occurs once, 2 for one that occurs three times.
    case logCount = "log-count"
  }

  /// The fingerprint.
  public var algorithm: FingerprintAlgorithm
  /// How its entries become numbers.
  public var value: Value

  /// Creates a block.
  public init(_ algorithm: FingerprintAlgorithm, _ value: Value) {
    self.algorithm = algorithm
    self.value = value
  }

  /// The number of columns: the fingerprint's width in whole words.
  public var columns: Int { algorithm.wordCount * 64 }
}

/// What a model sees of a compound: blocks of sparse columns side by side.
public struct FeatureRecipe: Codable, Hashable, Sendable {
  /// The blocks in order.
  public var blocks: [FeatureBlock]

  /// Creates a recipe of at least one block.
  public init(blocks: [FeatureBlock]) {
    precondition(!blocks.isEmpty, "a recipe needs at least one block")
    self.blocks = blocks
  }

  /// ECFP4 of 2,048 bits, present or absent: scored from a library's stored fingerprints.
  public static let ecfp4 = FeatureRecipe(blocks: [FeatureBlock(.ecfp4, .binary)])

  /// Counts of ECFP4, FCFP4, atom pairs and topological torsions, 2,048 columns each: the most
  /// accurate recipe, which reads every structure again.
  public static let fourCounts = FeatureRecipe(blocks: [
    FeatureBlock(.ecfp4, .logCount),
    FeatureBlock(.featureMorgan(radius: 2, bits: 2_048), .logCount),
    FeatureBlock(.atomPair(bits: 2_048), .logCount),
    FeatureBlock(.topologicalTorsion(bits: 2_048), .logCount),
  ])

  /// The number of columns of all blocks together.
  public var columns: Int { blocks.reduce(0) { $0 + $1.columns } }

  /// The one fingerprint whose packed bits are the whole row, when there is such a one: then rows
  /// are made from stored fingerprints, without reading the structure again.
  public var storedFingerprint: FingerprintAlgorithm? {
    guard blocks.count == 1, blocks[0].value == .binary else { return nil }
    return blocks[0].algorithm
  }
}
