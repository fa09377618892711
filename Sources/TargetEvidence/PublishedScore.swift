import Foundation
import Statistics

/// The score of a published association by its p-value.
///
/// Open Targets gives gene burden 0.25 at 1e-7 and 1 below 1e-17, linear in the logarithm. Single
/// genes that were studied for their own sake did not pay for a genome's worth of tests, so the line
/// goes on below: 0.25 at 1e-7 down to 0 at 1.
public enum PublishedScore {
  /// The rule, for the record.
  public static let rule =
    "−log10 p: 0 at 0, 0.25 at 7, 1 at 17 (Open Targets gene burden, continued below)"

  /// The score of a p-value.
  public static func score(pValue: Double) -> Double {
    let strength = pValue > 0 ? -log10(min(1, pValue)) : 17
    return strength <= 7 ? 0.25 * strength / 7 : min(1, 0.25 + 0.75 * (strength - 7) / 10)
  }

  /// The two-sided p of an effect with its standard error, by the normal distribution.
  public static func pValue(beta: Double, standardError: Double) -> Double {
    2 * Normal.share(below: -abs(beta / standardError))
  }
}
