import Foundation
public import Statistics

/// How much more often drug programmes with some support succeed than those without.
///
/// The ratio of two shares with Katz's logarithmic interval (Katz et al., Biometrics 1978), as in
/// Nelson et al. 2015 and Minikel et al. 2024.
public struct RelativeSuccess: Hashable, Codable, Sendable {
  /// Programmes with support: approved, and all.
  public let supported: Share
  /// Programmes without.
  public let unsupported: Share

  /// So many of so many.
  public struct Share: Hashable, Codable, Sendable {
    /// Those that succeeded.
    public let successes: Int
    /// All.
    public let count: Int

    /// So many of so many.
    public init(_ successes: Int, of count: Int) {
      self.successes = successes
      self.count = count
    }

    /// The share.
    public var rate: Double { Double(successes) / Double(count) }
  }

  /// A comparison; nil where a share is undefined or nothing succeeded.
  public init?(supported: Share, unsupported: Share) {
    guard supported.successes > 0, unsupported.successes > 0,
      supported.count >= supported.successes, unsupported.count >= unsupported.successes
    else { return nil }
    self.supported = supported
    self.unsupported = unsupported
  }

  /// The ratio.
  public var ratio: Double { supported.rate / unsupported.rate }

  /// Its natural logarithm.
  public var logarithm: Double { log(ratio) }

  /// The standard error of the logarithm.
  public var standardError: Double {
    (1 / Double(supported.successes) - 1 / Double(supported.count)
      + 1 / Double(unsupported.successes) - 1 / Double(unsupported.count)).squareRoot()
  }

  /// What the ratio may be.
  public func interval(confidence: Double = 0.95) -> Interval {
    let reach = Normal.point(ofShare: (1 + confidence) / 2) * standardError
    return Interval(
      lower: exp(logarithm - reach), upper: exp(logarithm + reach), confidence: confidence)
  }
}
