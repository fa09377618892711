public import Molecules

/// One stretch of a feature row: a fingerprint and how its entries become numbers.
public struct FeatureBlock: Codable, Hashable, Sendable {
  /// How an entry becomes a number.
  public enum Value: String, Codable, Hashable, Sendable {
    /// 1 where the bit is set.
    case binary
    /// ln(1 + count): a feature that occurs twice counts for more, but not for double.
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

  /// ECFP4 of 2,048 bits, present or absent.
  public static let ecfp4 = FeatureRecipe(blocks: [FeatureBlock(.ecfp4, .binary)])

  /// The number of columns of all blocks together.
  public var columns: Int { blocks.reduce(0) { $0 + $1.columns } }

  /// The one fingerprint whose packed bits are the whole row, when there is such a one: then rows
  /// are made from stored fingerprints, without reading the structure again.
  public var storedFingerprint: FingerprintAlgorithm? {
    guard blocks.count == 1, blocks[0].value == .binary else { return nil }
    return blocks[0].algorithm
  }
}
