/// How two columns move together, from −1 to 1.
///
/// Undefined, and nil, where a column is constant, has fewer than two rows, or holds a number that
/// is not finite.
public enum Correlation: String, Codable, Hashable, Sendable, CaseIterable {
  /// Of the values, along a line.
  case pearson
  /// Of the ranks; equal values share the mean of their ranks.
  case spearman
  /// Kendall's tau-b: ordered pairs against reversed ones, corrected for ties in both columns.
  case kendall

  /// The coefficient of two columns of the same length.
  /// - Complexity: O(n) for Pearson, O(n log n) for the others.
  public func value(_ x: [Double], _ y: [Double]) -> Double? {
    precondition(x.count == y.count, "\(x.count) rows against \(y.count)")
    guard x.count > 1, x.allSatisfy(\.isFinite), y.allSatisfy(\.isFinite) else { return nil }
    return switch self {
    case .pearson: Self.productMoment(x, y)
    case .spearman: Self.productMoment(Ranks.averaged(x), Ranks.averaged(y))
    case .kendall: KendallTau.b(x, y)
    }
  }

  private static func productMoment(_ x: [Double], _ y: [Double]) -> Double? {
    // Equal values can have a mean that differs from them in the last bit, so constancy is asked
    // of the values and not of the variance.
    guard !isConstant(x), !isConstant(y), let meanX = Moments.mean(x), let meanY = Moments.mean(y)
    else { return nil }
    let rows = x.indices
    let squaresX = Moments.sum(rows.lazy.map { (x[$0] - meanX) * (x[$0] - meanX) })
    let squaresY = Moments.sum(rows.lazy.map { (y[$0] - meanY) * (y[$0] - meanY) })
    let products = Moments.sum(rows.lazy.map { (x[$0] - meanX) * (y[$0] - meanY) })
    let scale = squaresX.squareRoot() * squaresY.squareRoot()
    guard scale > 0, scale.isFinite else { return nil }
    return min(1, max(-1, products / scale))
  }

  private static func isConstant(_ values: [Double]) -> Bool {
    values.allSatisfy { $0 == values[0] }
  }
}
