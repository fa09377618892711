internal import Foundation

extension BitBirch {
  /// When a row may join a cluster; every similarity is an instant one of the cluster's bit counts.
  ///
  /// As in Pérez et al. 2025, J. Chem. Inf. Model. 65, 5551, and in the authors' package bblean.
  public enum Criterion: Hashable, Sendable {
    /// The mean similarity of all pairs in the cluster, with the row, reaches the threshold.
    case diameter
    /// The mean similarity of the members to the cluster's centroid, with the row, reaches it.
    case radius
    /// As `diameter`, and the row may lower the mean by no more than this, a little for large
    /// clusters and nothing for those of a thousand.
    case tolerantDiameter(Double)
    /// As `radius`, and the row may lower the mean by no more than this.
    case tolerantRadius(Double)
  }
}

extension BitBirch.Criterion {
  var isValid: Bool {
    switch self {
    case .diameter, .radius: true
    case .tolerantDiameter(let tolerance), .tolerantRadius(let tolerance):
      tolerance.isFinite && tolerance >= 0
    }
  }

  /// Whether the counters of the cluster must be at hand, beside their sums.
  var needsCentroid: Bool {
    switch self {
    case .diameter, .tolerantDiameter: false
    case .radius, .tolerantRadius: true
    }
  }

  /// Whether a cluster of `count` rows may go from one mean similarity to another.
  ///
  /// - Parameter before: the mean so far, which is not asked for a single row.
  func admits(count: Int, after: Double, before: () -> Double, threshold: Double) -> Bool {
    guard after >= threshold else { return false }
    switch self {
    case .diameter, .radius: return true
    case .tolerantDiameter(let tolerance), .tolerantRadius(let tolerance):
      return count == 1 || after >= before() - Self.allowance(of: tolerance, count: count)
    }
  }

  /// The tolerance falls with e^(−n / 1000) to nothing at a thousand rows.
  private static func allowance(of tolerance: Double, count: Int) -> Double {
    let decay = 1e-3
    return max(tolerance * (exp(-decay * Double(count)) - exp(-decay * 1000)), 0)
  }
}
