import Foundation

/// The distribution of the range of several normal means over an estimate of their standard error:
/// the yardstick of Tukey's and Nemenyi's tests.
public struct StudentizedRange: Hashable, Sendable {
  /// How many means.
  public let groups: Int
  /// The degrees of freedom of the error; infinite where it is known.
  public let degrees: Double

  /// Describes a distribution.
  public init(groups: Int, degrees: Double = .infinity) {
    precondition(groups >= 2, "a range of \(groups) means")
    precondition(degrees > 0, "\(degrees) degrees of freedom")
    self.groups = groups
    self.degrees = degrees
  }

  /// The share of the distribution below a point, good to about 1e-12.
  public func share(below point: Double) -> Double {
    guard point > 0 else { return 0 }
    guard point.isFinite else { return 1 }
    if degrees == .infinity { return rangeShare(point) }
    // The mean over the error's own distribution: s = χ/√ν on a logarithmic scale, where the
    // trapezoid rule converges faster than any power of its step.
    let spread = 1 / (2 * degrees).squareRoot()
    let step = min(0.04, spread / 2.5)
    let front =
      log(2.0) + degrees / 2 * log(degrees / 2) - LogGamma.value(degrees / 2)
    func term(_ u: Double) -> Double {
      let weight = front + degrees * u - degrees / 2 * exp(2 * u)
      return weight < -745 ? 0 : exp(weight) * rangeShare(point * exp(u))
    }
    var sum = term(0)
    for side in [1.0, -1.0] {
      var number = 1.0
      while true {
        let value = term(side * number * step)
        sum += value
        if value < 1e-17 * sum || number > 1e6 { break }
        number += 1
      }
    }
    return min(1, sum * step)
  }

  /// The share above: the p-value of a range.
  public func share(above point: Double) -> Double { max(0, 1 - share(below: point)) }

  /// The point below which this share of the distribution lies.
  public func point(ofShare share: Double) -> Double {
    precondition(share > 0 && share < 1, "a point of the share \(share)")
    var (low, high) = (0.0, 1.0)
    while self.share(below: high) < share { (low, high) = (high, high * 2) }
    var (below, above) = (self.share(below: low) - share, self.share(below: high) - share)
    // The false position of Illinois: it keeps the root between its ends and still runs.
    for _ in 0..<100 {
      let middle = high - above * (high - low) / (above - below)
      let value = self.share(below: middle) - share
      if abs(value) < 1e-15 || high - low < 1e-12 * high { return middle }
      if (value < 0) == (below < 0) {
        (low, below) = (middle, value)
        above /= 2
      } else {
        (high, above) = (middle, value)
        below /= 2
      }
    }
    return (low + high) / 2
  }

  /// The chance that the range of `groups` standard normal numbers stays below a width.
  private func rangeShare(_ width: Double) -> Double {
    if width > 60 { return 1 }
    var sum = 0.0
    for node in Self.nodes {
      let inside = node.share - Normal.share(below: node.place - width)
      var power = 1.0
      for _ in 1..<groups { power *= inside }
      sum += node.weight * power
    }
    return min(1, Double(groups) * sum)
  }

  /// One place of the trapezoid rule over the largest of the numbers.
  private struct Node {
    let place, weight, share: Double
  }

  private static let nodes: [Node] = (-60...60).map { number in
    let step = 0.15
    let place = Double(number) * step
    return Node(
      place: place, weight: exp(-place * place / 2) * step / (2 * Double.pi).squareRoot(),
      share: Normal.share(below: place))
  }
}
