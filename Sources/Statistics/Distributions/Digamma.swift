import Foundation

/// The derivative of the logarithm of the gamma function.
public enum Digamma {
  /// ψ(x) for x above 0.
  ///
  /// The recurrence ψ(x) = ψ(x+1) − 1/x up to 10, then the asymptotic series (DLMF 5.11.2), whose
  /// first omitted term is below 1e-16 there.
  public static func value(_ x: Double) -> Double {
    precondition(x > 0, "the digamma function is taken above 0, not at \(x)")
    var (x, value) = (x, 0.0)
    while x < 10 {
      value -= 1 / x
      x += 1
    }
    let inverse = 1 / (x * x)
    // B₂ₖ / 2k for k = 1…7.
    let series =
      inverse
      * (1 / 12
        - inverse
        * (1 / 120
          - inverse
          * (1 / 252
            - inverse
            * (1 / 240 - inverse * (1 / 132 - inverse * (691 / 32_760 - inverse / 12))))))
    return value + log(x) - 0.5 / x - series
  }
}
