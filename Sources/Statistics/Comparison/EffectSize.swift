/// How large a difference is beside the spread of the scores.
public enum EffectSize {
  /// Cohen's d: the difference of means over the root mean variance of the two.
  ///
  /// Cohen: Statistical power analysis. 1988: 0.2 small, 0.5 medium, 0.8 large. Nil where neither
  /// varies or there are fewer than two scores.
  public static func cohen(_ first: [Double], _ second: [Double]) -> Double? {
    guard let (a, b) = variances(first, second), a + b > 0 else { return nil }
    return difference(first, second) / ((a + b) / 2).squareRoot()
  }

  /// Cohen's d of paired scores: the mean difference over the differences' standard deviation.
  ///
  /// Nil where the differences do not vary or there are fewer than two pairs.
  public static func paired(_ first: [Double], _ second: [Double]) -> Double? {
    precondition(first.count == second.count, "\(first.count) scores against \(second.count)")
    let differences = zip(first, second).map { $0 - $1 }
    guard let variance = Moments.sampleVariance(differences), variance > 0,
      let mean = Moments.mean(differences)
    else { return nil }
    return mean / variance.squareRoot()
  }

  private static func variances(_ first: [Double], _ second: [Double]) -> (Double, Double)? {
    guard let a = Moments.sampleVariance(first), let b = Moments.sampleVariance(second) else {
      return nil
    }
    return (a, b)
  }

  private static func difference(_ first: [Double], _ second: [Double]) -> Double {
    Moments.sum(first) / Double(first.count) - Moments.sum(second) / Double(second.count)
  }
}
