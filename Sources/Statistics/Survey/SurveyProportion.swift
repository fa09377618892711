import Foundation

/// How an interval of a proportion is made, by the names of R's `svyciprop`.
public enum ProportionInterval: String, Codable, Hashable, Sendable, CaseIterable {
  /// t on the scale of the logit.
  case logit
  /// Where the likelihood, flattened by the design's variance, falls by as much as t² allows (Rao &
  /// Scott, J. Am. Stat. Assoc. 1984).
  case likelihood
  /// Clopper and Pearson's with the effective number of rows (Korn & Graubard, Surv. Methodol.
  /// 1998): holds for rare things, and for those that nobody or everybody has.
  case beta
  /// t on the scale of the arcsine of the root, which has the same spread everywhere.
  case arcsine = "asin"
  /// t on the scale of the proportion; may leave 0 to 1.
  case mean
}

extension SurveyEstimate {
  /// The interval of a share; nil where the method has none: shares of 0 and 1 have one by `beta`
  /// alone, and none has one without a degree of freedom.
  ///
  /// - Parameters:
  ///   - sampleRows: the rows of the whole design; Korn and Graubard's correction needs them.
  public func interval(
    _ method: ProportionInterval, sampleRows: Int? = nil, confidence: Double = 0.95
  ) -> Interval? {
    guard degrees > 0, let reach = reach(confidence, .t) else { return nil }
    switch method {
    case .mean: return interval(confidence: confidence, by: .t)
    case .beta: return beta(sampleRows ?? rows, reach, confidence)
    case .logit, .arcsine, .likelihood:
      guard value > 0, value < 1, variance > 0 else { return nil }
      switch method {
      case .logit:
        let centre = log(value / (1 - value))
        let step = reach * standardError / (value * (1 - value))
        return Interval(
          lower: 1 / (1 + exp(step - centre)), upper: 1 / (1 + exp(-step - centre)),
          confidence: confidence)
      case .arcsine:
        let centre = asin(value.squareRoot())
        let step = reach * standardError / (2 * (value * (1 - value)).squareRoot())
        // Beyond the ends the sine would come back.
        let (low, high) = (max(0, centre - step), min(Double.pi / 2, centre + step))
        return Interval(
          lower: sin(low) * sin(low), upper: sin(high) * sin(high), confidence: confidence)
      default: return likelihood(reach, confidence)
      }
    }
  }

  private func beta(_ sampleRows: Int, _ reach: Double, _ confidence: Double) -> Interval? {
    let tail = (1 - confidence) / 2
    guard rows > 0 else { return nil }
    // Nobody, or everybody: the design says nothing of the spread, and the rows count as they are.
    var effective = Double(rows)
    if variance > 0, sampleRows > 1 {
      let simple = StudentT.point(beyond: 1 - confidence, degrees: Double(sampleRows - 1))
      effective = value * (1 - value) / variance * (simple / reach) * (simple / reach)
    }
    let with = effective * value
    let without = effective * (1 - value)
    return Interval(
      lower: with > 0 ? IncompleteBeta.point(ofShare: tail, with, without + 1) : 0,
      upper: without > 0 ? IncompleteBeta.point(ofShare: 1 - tail, with + 1, without) : 1,
      confidence: confidence)
  }

  /// 2n · (ℓ(p̂) − ℓ(p)) · (n − 1)/n ≤ t² · variance / (p̂(1 − p̂)/n), ends found by halving.
  ///
  /// R walks the profile on a grid and joins it by a spline, which leaves its ends up to 1e-5 away.
  private func likelihood(_ reach: Double, _ confidence: Double) -> Interval? {
    let n = Double(rows)
    let limit = reach * reach * variance / (value * (1 - value) / n) * n / (n - 1)
    func isInside(_ p: Double) -> Bool {
      2 * n * (value * log(value / p) + (1 - value) * log((1 - value) / (1 - p))) <= limit
    }
    func end(_ outside: Double) -> Double {
      var (inside, outside) = (value, outside)
      while true {
        let middle = (inside + outside) / 2
        if middle == inside || middle == outside { return inside }
        if isInside(middle) { inside = middle } else { outside = middle }
      }
    }
    return Interval(lower: end(0), upper: end(1), confidence: confidence)
  }
}
