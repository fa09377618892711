import Foundation

/// How many times as often an event is reported with a drug as with the others.
public struct ReportingRatio: Hashable, Sendable {
  /// The ratio.
  public let value: Double
  /// Wald's interval on the logarithm; nil where the standard error is undefined.
  public let interval: Interval?

  private init(_ value: Double, variance: Double, confidence: Double) {
    self.value = value
    guard value > 0, variance.isFinite, variance >= 0 else {
      interval = nil
      return
    }
    let reach = Normal.point(ofShare: (1 + confidence) / 2) * variance.squareRoot()
    interval = Interval(
      lower: value * exp(-reach), upper: value * exp(reach), confidence: confidence)
  }

  /// The proportional reporting ratio, a/(a+b) over c/(c+d); nil where c is 0.
  ///
  /// The other drugs are the denominator, not all drugs. Evans, Waller & Davis: Use of proportional
  /// reporting ratios. Pharmacoepidemiol. Drug Saf. 2001, 10, 483. The variance of its logarithm is
  /// 1/a − 1/(a+b) + 1/c − 1/(c+d).
  public static func proportional(
    _ counts: ReportCounts, confidence: Double = 0.95
  ) -> ReportingRatio? {
    let (a, c) = (Double(counts.both), Double(counts.eventOnly))
    let (drug, others) = (Double(counts.drug), Double(counts.total - counts.drug))
    guard c > 0, drug > 0 else { return nil }
    return ReportingRatio(
      a / drug / (c / others), variance: 1 / a - 1 / drug + 1 / c - 1 / others,
      confidence: confidence)
  }

  /// The reporting odds ratio, ad/bc; nil where b or c is 0.
  ///
  /// Van Puijenbroek et al.: A comparison of measures of disproportionality. Pharmacoepidemiol. Drug
  /// Saf. 2002, 11, 3. The variance of its logarithm is 1/a + 1/b + 1/c + 1/d (Woolf 1955).
  public static func odds(_ counts: ReportCounts, confidence: Double = 0.95) -> ReportingRatio? {
    let (a, b) = (Double(counts.both), Double(counts.drugOnly))
    let (c, d) = (Double(counts.eventOnly), Double(counts.neither))
    guard b > 0, c > 0 else { return nil }
    return ReportingRatio(
      a * d / (b * c), variance: 1 / a + 1 / b + 1 / c + 1 / d, confidence: confidence)
  }
}
