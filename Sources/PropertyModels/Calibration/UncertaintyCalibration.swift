import Evaluation

/// Turns a model's own doubt into intervals that hold as often as they say.
///
/// Normalised conformal prediction (Papadopoulos et al. 2008): the expected size of an error is
/// `scale = a + b · spread + c · distance`, fitted on predictions of compounds the predicting
/// networks had not seen; the interval is `scale × quantile` of the ratios `|error| / scale`.
/// Coverage is near the stated one for compounds drawn like the training set: not exact, since
/// scale and ratios share their rows and the final ensemble is another one; the model's card gives
/// what was observed. For far compounds the scale grows, but nothing can promise coverage there.
public struct UncertaintyCalibration: Codable, Hashable, Sendable {
  /// The coverage of one standard uncertainty, as of a normal distribution.
  public static let oneSigma = 0.6827

  /// The scale's constant part, in the endpoint's unit.
  public let base: Double
  /// How the scale grows with the spread of the networks.
  public let perSpread: Double
  /// How the scale grows with the distance (1 − Tanimoto) to the nearest measured compound.
  public let perDistance: Double
  /// The ratios `|error| / scale` in order; quantiles are read off them.
  public let ratios: [Double]

  /// One held-out prediction.
  public struct HeldOut: Hashable, Sendable {
    /// Measured minus predicted.
    public let error: Double
    /// The standard deviation between networks.
    public let spread: Double
    /// 1 − Tanimoto to the nearest compound the networks had seen.
    public let distance: Double

    /// Creates a held-out prediction.
    public init(error: Double, spread: Double, distance: Double) {
      self.error = error
      self.spread = spread
      self.distance = distance
    }
  }

  /// Fits the scale and the ratios on held-out predictions.
  /// - Complexity: O(n log n)
  public init(fitting heldOut: [HeldOut]) {
    precondition(!heldOut.isEmpty, "calibration needs held-out predictions")
    let rows = heldOut.map { [1, $0.spread, $0.distance] }
    let sizes = heldOut.map { abs($0.error) }
    let coefficients = NonNegativeFit.coefficients(rows, sizes)
    // A perfect fit would give a scale of zero; a thousandth of the mean error keeps ratios finite.
    let floor = max(1e-6, 1e-3 * sizes.reduce(0, +) / Double(sizes.count))
    base = max(coefficients[0], floor)
    perSpread = coefficients[1]
    perDistance = coefficients[2]
    let (a, b, c) = (base, perSpread, perDistance)
    ratios = heldOut.map { abs($0.error) / (a + b * $0.spread + c * $0.distance) }.sorted()
  }

  /// The expected size of an error.
  public func scale(spread: Double, distance: Double) -> Double {
    base + perSpread * spread + perDistance * distance
  }

  /// How many scales wide half an interval must be to hold `coverage` of the values.
  ///
  /// The quantile has the rank ⌈(n + 1) · coverage⌉ of split conformal prediction (Vovk et al.
  /// 2005), at most n: with very few held-out rows the interval is the widest seen.
  public func quantile(coverage: Double) -> Double {
    let rank = ConformalCalibration.rank(count: ratios.count, coverage: coverage)
    return ratios[min(max(rank, 1), ratios.count) - 1]
  }

  /// Half the width of an interval that holds `coverage` of the values, in the endpoint's unit.
  public func halfWidth(coverage: Double, spread: Double, distance: Double) -> Double {
    quantile(coverage: coverage) * scale(spread: spread, distance: distance)
  }
}

/// Least squares with coefficients that may not be negative, for a handful of columns.
enum NonNegativeFit {
  /// Tries every subset of columns and keeps the best that is not negative.
  /// - Complexity: O(2ᵏ (n k² + k³)) for k columns
  static func coefficients(_ rows: [[Double]], _ targets: [Double]) -> [Double] {
    let width = rows.first?.count ?? 0
    var best: (loss: Double, coefficients: [Double])?
    for mask in 1..<(1 << width) {
      let columns = (0..<width).filter { mask >> $0 & 1 == 1 }
      guard let solution = solve(rows, targets, columns), solution.allSatisfy({ $0 >= 0 }) else {
        continue
      }
      var full = [Double](repeating: 0, count: width)
      for (column, value) in zip(columns, solution) { full[column] = value }
      var loss = 0.0
      for (row, target) in zip(rows, targets) {
        let difference = target - zip(row, full).reduce(0) { $0 + $1.0 * $1.1 }
        loss += difference * difference
      }
      if best.map({ loss < $0.loss }) ?? true { best = (loss, full) }
    }
    return best?.coefficients ?? [Double](repeating: 0, count: width)
  }

  /// The normal equations by Gauss–Jordan with pivoting; nil when they are singular.
  private static func solve(
    _ rows: [[Double]], _ targets: [Double], _ columns: [Int]
  ) -> [Double]? {
    let k = columns.count
    var system = [[Double]](repeating: [Double](repeating: 0, count: k + 1), count: k)
    for (row, target) in zip(rows, targets) {
      for i in 0..<k {
        for j in 0..<k { system[i][j] += row[columns[i]] * row[columns[j]] }
        system[i][k] += row[columns[i]] * target
      }
    }
    for pivot in 0..<k {
      let largest = (pivot..<k).max { abs(system[$0][pivot]) < abs(system[$1][pivot]) } ?? pivot
      system.swapAt(pivot, largest)
      let divisor = system[pivot][pivot]
      guard abs(divisor) > 1e-12 else { return nil }
      for j in pivot...k { system[pivot][j] /= divisor }
      for i in 0..<k where i != pivot {
        let factor = system[i][pivot]
        for j in pivot...k { system[i][j] -= factor * system[pivot][j] }
      }
    }
    return system.map { $0[k] }
  }
}
