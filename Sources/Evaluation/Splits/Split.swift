/// Which rows a model learns from, is tuned on and is tested on.
public struct Split: Codable, Hashable, Sendable {
  /// The rows to learn from.
  public var train: [Int]
  /// The rows to tune on; may be empty.
  public var validation: [Int]
  /// The rows to test on.
  public var test: [Int]

  /// Creates a split.
  public init(train: [Int], validation: [Int] = [], test: [Int]) {
    self.train = train
    self.validation = validation
    self.test = test
  }

  /// The three parts by name.
  public var parts: [(name: String, rows: [Int])] {
    [("train", train), ("validation", validation), ("test", test)]
  }
}

/// How large the parts of a split should be.
public struct SplitFractions: Codable, Hashable, Sendable {
  /// The share to learn from.
  public let train: Double
  /// The share to tune on.
  public let validation: Double
  /// The share to test on.
  public let test: Double

  /// Creates fractions that add up to 1.
  public init(train: Double, validation: Double = 0, test: Double) {
    precondition(train >= 0 && validation >= 0 && test >= 0, "a fraction is negative")
    precondition(abs(train + validation + test - 1) < 1e-9, "fractions must add up to 1")
    self.train = train
    self.validation = validation
    self.test = test
  }

  /// 80 % to learn from, 10 % to tune on, 10 % to test on.
  public static let usual = SplitFractions(train: 0.8, validation: 0.1, test: 0.1)
}
