import Foundation

/// How much more often than expected a pair is reported, in bits, shrunk towards 0.
///
/// The information component of the WHO's Bayesian confidence propagation neural network in the form
/// of Norén, Hopstadius & Bate: Shrinkage observed-to-expected ratios. Stat. Methods Med. Res. 2013,
/// 22, 57.
public struct InformationComponent: Hashable, Sendable {
  /// log₂((N + ½)/(E + ½)).
  public let value: Double
  /// The lower end of its 95 % interval, IC − 3.3 (N+½)^−½ − 2 (N+½)^−3/2.
  public let lower: Double

  /// The component of a count and what was expected.
  public init(count: Int, expected: Double) {
    precondition(count >= 0 && expected >= 0, "\(count) reports where \(expected) were expected")
    let shrunk = Double(count) + 0.5
    value = log2(shrunk / (expected + 0.5))
    lower = value - 3.3 / shrunk.squareRoot() - 2 / (shrunk * shrunk.squareRoot())
  }
}
