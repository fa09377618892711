internal import Glibc

/// How the learning rate moves over a training, as a factor on the plan's rate.
public enum LearningRateSchedule: Codable, Hashable, Sendable {
  /// Always 1.
  case constant
  /// Up in a line over a share of the steps, then down along half a cosine to a last factor.
  case warmUpCosine(warmUp: Double, last: Double)
  /// Up in a line from `first`, then down by a constant ratio to `last`: chemprop's schedule, step
  /// by step.
  case warmUpExponential(warmUp: Double, first: Double, last: Double)

  /// The factor of a step in `0..<steps`.
  public func factor(step: Int, of steps: Int) -> Double {
    switch self {
    case .constant: return 1
    case .warmUpCosine(let warmUp, let last):
      let (rise, fall) = progress(step, steps, warmUp)
      if let rise { return rise }
      return last + (1 - last) * (1 + cos(.pi * fall)) / 2
    case .warmUpExponential(let warmUp, let first, let last):
      let top = (warmUp * Double(steps)).rounded()
      if Double(step) < top { return first + (1 - first) * Double(step) / top }
      return pow(last, (Double(step) - top) / max(1, Double(steps) - top))
    }
  }

  /// How far the rise has come (nil when it is over) and how far the fall, each in `0...1`.
  private func progress(_ step: Int, _ steps: Int, _ warmUp: Double) -> (Double?, Double) {
    let top = (warmUp * Double(steps)).rounded(.down)
    if Double(step) < top { return (Double(step + 1) / top, 0) }
    return (nil, (Double(step) - top) / max(1, Double(steps) - top))
  }
}
