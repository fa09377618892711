import Foundation

/// How many actives stand at the top of a ranked list.
enum EarlyRecognition {
  /// The share of actives among the first `ceil(fraction × n)` compounds, over their share in all.
  ///
  /// Undefined without actives.
  static func enrichment(_ list: RankedList, fraction: Double) -> Double? {
    precondition(fraction > 0 && fraction <= 1, "a fraction lies in (0, 1], not at \(fraction)")
    guard list.actives > 0 else { return nil }
    let top = min(list.count, Int((fraction * Double(list.count)).rounded(.up)))
    let found = list.activity.prefix(top).reduce(0, +)
    return found / Double(list.actives) / (Double(top) / Double(list.count))
  }

  /// Robust initial enhancement: exponential weights by rank, over their mean for a random order.
  ///
  /// Sheridan, Singh, Fluder, Kearsley: J. Chem. Inf. Comput. Sci. 2001, 41, 1395; the mean is the
  /// exact sum over places, as in Truchon & Bayly 2007, eq. 18. Undefined without actives.
  static func rie(_ list: RankedList, alpha: Double) -> Double? {
    precondition(alpha > 0, "alpha is \(alpha)")
    guard list.actives > 0 else { return nil }
    let n = Double(list.count)
    var sum = 0.0
    for (place, share) in list.activity.enumerated() where share > 0 {
      sum += share * exp(-alpha * Double(place + 1) / n)
    }
    let random = (1 - exp(-alpha)) / (exp(alpha / n) - 1) / n
    return sum / (Double(list.actives) * random)
  }

  /// BEDROC: RIE moved and scaled to lie from 0 (actives last) to 1 (actives first).
  ///
  /// Truchon, Bayly: Evaluating virtual screening methods. J. Chem. Inf. Model. 2007, 47, 488.
  /// Undefined without actives, and where every compound is active: then first is last.
  static func bedroc(_ list: RankedList, alpha: Double) -> Double? {
    guard list.actives < list.count, let rie = rie(list, alpha: alpha) else { return nil }
    let share = Double(list.actives) / Double(list.count)
    let highest = (1 - exp(-alpha * share)) / (share * (1 - exp(-alpha)))
    let lowest = (1 - exp(alpha * share)) / (share * (1 - exp(alpha)))
    return (rie - lowest) / (highest - lowest)
  }
}
