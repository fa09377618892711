/// The interval of a share that was counted.
public enum Wilson {
  /// The score interval of `hits` out of `count`; nil where nothing was counted.
  ///
  /// Wilson: Probable inference, the law of succession, and statistical inference. JASA 1927, 22,
  /// 209. It stays inside 0 to 1 and is sound for few rows and for shares near the ends.
  public static func interval(hits: Int, of count: Int, confidence: Double = 0.95) -> Interval? {
    precondition(hits >= 0 && hits <= count, "\(hits) hits of \(count)")
    guard count > 0 else { return nil }
    let n = Double(count)
    let share = Double(hits) / n
    let z = -Normal.point(ofShare: (1 - confidence) / 2)
    let center = (share + z * z / (2 * n)) / (1 + z * z / n)
    let spread = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    // At the ends the bound is the end itself; rounding would leave it a hair inside.
    return Interval(
      lower: hits == 0 ? 0 : center - spread, upper: hits == count ? 1 : center + spread,
      confidence: confidence)
  }
}
