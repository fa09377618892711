import Foundation
import Statistics

/// Probabilities moved to where the observed rates are: a straight line on the logits.
///
/// Platt 1999, with his targets just inside 0 and 1 against overconfidence on few rows.
public struct LogitCalibration: Codable, Hashable, Sendable {
  /// What a logit is multiplied by; never negative, so that no rank is turned about.
  public let slope: Double
  /// What is added.
  public let offset: Double

  /// Leaves probabilities as they are.
  public static let none = LogitCalibration(slope: 1, offset: 0)

  /// Wraps known numbers.
  public init(slope: Double, offset: Double) {
    precondition(slope >= 0 && slope.isFinite && offset.isFinite, "a line that is none")
    self.slope = slope
    self.offset = offset
  }

  /// Fits the line on rows that the model never saw.
  ///
  /// With one class only there is nothing to fit, and nothing is moved.
  public init(probabilities: [Double], labels: [Bool]) {
    precondition(probabilities.count == labels.count, "as many labels as probabilities")
    let actives = Double(labels.count { $0 })
    let inactives = Double(labels.count) - actives
    guard actives > 0, inactives > 0 else {
      self = .none
      return
    }
    let logits = probabilities.map(Self.logit)
    let targets = labels.map { $0 ? (actives + 1) / (actives + 2) : 1 / (inactives + 2) }
    let best = LimitedMemoryBFGS(tolerance: 1e-7).minimum(from: [0, 0]) { place in
      // The slope is an exponential; its weak prior keeps a model of no use from flattening for ever.
      let slope = exp(place[0])
      var (value, byScale, byOffset) = (place[0] * place[0] / 50, place[0] / 25, 0.0)
      for (logit, target) in zip(logits, targets) {
        let x = slope * logit + place[1]
        let small = exp(-abs(x))
        value += max(x, 0) + log1p(small) - target * x
        let excess = (x >= 0 ? 1 / (1 + small) : small / (1 + small)) - target
        byScale += excess * slope * logit
        byOffset += excess
      }
      return (value, [byScale, byOffset])
    }
    self.init(slope: exp(best?.place[0] ?? 0), offset: best?.place[1] ?? 0)
  }

  /// The calibrated probability.
  public func probability(_ probability: Double) -> Double {
    1 / (1 + exp(-(slope * Self.logit(probability) + offset)))
  }

  private static func logit(_ probability: Double) -> Double {
    let inside = min(max(probability, 1e-6), 1 - 1e-6)
    return log(inside / (1 - inside))
  }
}
