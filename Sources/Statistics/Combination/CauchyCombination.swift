import Foundation

/// One p-value from several that may depend on one another (Liu et al., ACAT, AJHG 2019).
///
/// T = Σ w tan((½ − p)π) / Σ w, p = ½ − atan(T)/π. The tangent of a p below 1e-15 is 1/(pπ) to the
/// last digit, where computing it would lose everything; the same holds for a T that is large.
public enum CauchyCombination {
  /// The combined p-value, where there is one.
  ///
  /// Nil for no p-value, for one outside 0…1, for weights that sum to 0, and for a
  /// 0 beside a 1, which no sum decides. A p of exactly 1 gives 1.
  public static func pValue(_ pValues: [Double], weights: [Double]? = nil) -> Double? {
    let weights = weights ?? [Double](repeating: 1, count: pValues.count)
    let total = weights.reduce(0, +)
    guard !pValues.isEmpty, weights.count == pValues.count, total > 0,
      weights.allSatisfy({ $0 >= 0 }), pValues.allSatisfy({ (0...1).contains($0) })
    else { return nil }
    let counted = zip(pValues, weights).filter { $0.1 > 0 }.map(\.0)
    if counted.contains(1) { return counted.contains(0) ? nil : 1 }
    // Reciprocals of the smallest p-values overflow, so they are counted in units of the least.
    let least = counted.min() ?? 1
    var reciprocals = 0.0
    var rest = 0.0
    for (p, weight) in zip(pValues, weights) where weight > 0 {
      if p == 0 { return 0 }
      if p < 1e-15 {
        reciprocals += weight / total * (least / p)
      } else if p > 0.5 {
        // 1 − p is exact here, and its tangent keeps the digits that p lost.
        rest -= weight / total * tangent(1 - p)
      } else {
        rest += weight / total * tangent(p)
      }
    }
    // With a p below 1e-15 the whole is 1/(Tπ), and T = reciprocals / (least · π) + rest.
    if reciprocals > 0 { return least / (reciprocals + rest * least * .pi) }
    let t = rest
    // ½ − atan(t)/π without cancellation.
    return t > 0 ? atan(1 / t) / .pi : 0.5 - atan(t) / .pi
  }

  /// tan((½ − p)π) for p from 0 to ½.
  private static func tangent(_ p: Double) -> Double {
    p == 0 ? .infinity : p < 1e-15 ? 1 / (p * .pi) : cos(p * .pi) / sin(p * .pi)
  }
}
