import Foundation

/// How often the comparison finds a difference that is there, and one that is not: by made-up
/// scores, so that the machinery itself is tested and a study can be planned.
public struct PowerStudy: Codable, Hashable, Sendable {
  /// How the noise of a score is distributed.
  public enum Noise: String, Codable, Hashable, Sendable, CaseIterable {
    /// Normally.
    case normal
    /// Student's t with three degrees of freedom: now and then a fold goes badly wrong.
    case heavyTailed = "heavy-tailed"
  }

  /// What was found at one size of difference.
  public struct Point: Codable, Hashable, Sendable {
    /// The true difference of the first treatment, in standard deviations of the noise.
    public let effect: Double
    /// Comparisons that called the first treatment different from the last, or at an effect of 0
    /// any two different.
    public let found: Int
    /// How many comparisons.
    public let count: Int
    /// The share that was found, with its 95 % interval.
    public let interval: Interval?

    /// The share that was found.
    public var share: Double { Double(found) / Double(count) }
  }

  /// How many models.
  public var treatments: Int
  /// How many folds.
  public var blocks: Int
  /// How the noise is distributed.
  public var noise: Noise
  /// Decides the noise.
  public var seed: UInt64

  /// Plans a study.
  public init(treatments: Int = 4, blocks: Int = 25, noise: Noise = .normal, seed: UInt64 = 0) {
    precondition(treatments >= 2 && blocks >= 2, "\(treatments) models on \(blocks) folds")
    self.treatments = treatments
    self.blocks = blocks
    self.noise = noise
    self.seed = seed
  }

  /// Makes up `count` comparisons with a true difference and counts the verdicts.
  public func point(effect: Double, count: Int, level: Double = 0.05) -> Point {
    let found = (0..<count).count { number in
      var draws = Xoshiro256(seed: SplitMix64.seed(seed, piece: number))
      let blocks = (0..<self.blocks).map { _ -> [Double] in
        let difficulty = 3 * draws.drawNormal()
        return (0..<treatments).map { treatment in
          difficulty + draw(&draws) + (treatment == 0 ? effect : 0)
        }
      }
      let names = (0..<treatments).map(String.init)
      guard let table = ScoreTable(treatments: names, blocks: blocks) else { return false }
      let comparison = BlockComparison(table, higherIsBetter: true, level: level)
      return comparison.pairs.contains { pair in
        (effect == 0 || (pair.first == 0 && pair.second == treatments - 1))
          && comparison.isSignificant(pair)
      }
    }
    return Point(
      effect: effect, found: found, count: count, interval: Wilson.interval(hits: found, of: count))
  }

  private func draw(_ draws: inout Xoshiro256) -> Double {
    switch noise {
    case .normal: return draws.drawNormal()
    case .heavyTailed:
      let squares = (0..<3).reduce(0.0) { sum, _ in
        let normal = draws.drawNormal()
        return sum + normal * normal
      }
      return draws.drawNormal() / (squares / 3).squareRoot()
    }
  }
}

extension RandomNumberGenerator {
  /// A standard normal number, by its distribution turned round: one draw for each.
  mutating func drawNormal() -> Double {
    Normal.point(ofShare: (Double(draw(below: 1 << 52)) + 0.5) / 0x1p52)
  }
}
