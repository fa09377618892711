/// How alike the arms are in a covariate, before and after.
public struct CovariateBalance: Hashable, Sendable {
  /// The covariate.
  public let name: String
  /// Means by arm, as they were and as they are weighed.
  public let treatedBefore: Double, othersBefore: Double, treatedAfter: Double, othersAfter: Double
  /// The difference of means in standard deviations, of the arms before; nil where all are alike.
  public let differenceBefore: Double?, differenceAfter: Double?
  /// For a covariate of 0 and 1, how many have 1 and 0 in each arm, before and after; nil for numbers.
  public let counts: [Int]?

  /// Compares the arms: a difference above .1 after adjustment is a warning.
  ///
  /// Austin, Statistics in Medicine 2009. The deviation is of both arms before adjustment, so that a
  /// smaller number is a smaller difference and no smaller spread.
  public init(name: String, values: [Double], isTreated: [Bool], weights: [Double]) {
    self.name = name
    var before = [Arm(), Arm()]
    var after = [Arm(), Arm()]
    for row in values.indices {
      let arm = isTreated[row] ? 1 : 0
      before[arm].add(values[row], 1)
      if weights[row] > 0 { after[arm].add(values[row], weights[row]) }
    }
    (treatedBefore, othersBefore) = (before[1].mean, before[0].mean)
    (treatedAfter, othersAfter) = (after[1].mean, after[0].mean)
    let spread = ((before[1].variance + before[0].variance) / 2).squareRoot()
    let isAlike = !(spread > 1e-12 * max(1, abs(before[1].mean), abs(before[0].mean)))
    differenceBefore = isAlike ? nil : (treatedBefore - othersBefore) / spread
    differenceAfter = isAlike ? nil : (treatedAfter - othersAfter) / spread
    counts =
      values.allSatisfy { $0 == 0 || $0 == 1 }
      ? (before + after).flatMap { [$0.ones, $0.rows - $0.ones] } : nil
  }

  private struct Arm {
    var rows = 0
    var ones = 0
    var weight = 0.0
    var sum = 0.0
    var squares = 0.0

    mutating func add(_ value: Double, _ share: Double) {
      rows += 1
      if value == 1 { ones += 1 }
      let gap = value - mean
      weight += share
      sum += share * value
      // Welford's update, which keeps the digits of values far from 0.
      squares += share * gap * (value - mean)
    }

    var mean: Double { weight > 0 ? sum / weight : 0 }
    var variance: Double { rows > 1 ? squares / weight * Double(rows) / Double(rows - 1) : 0 }
  }
}
