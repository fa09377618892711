import Foundation

extension CoxLikelihood {
  /// The log partial likelihood, score and information at a place, over these rows.
  ///
  /// Within a stratum from the last time to the first, so that each risk set is the one before and
  /// the rows that join. Complexity: rows × columns².
  public func aggregate(at coefficients: [Double]) -> NewtonAggregate {
    precondition(coefficients.count == width, "a coefficient for every column")
    let predictor = predictors(coefficients)
    var result = RiskSums(width)
    walk(predictor) { set in
      for row in set.rows where isEvent[row] {
        result.value += predictor[row] - set.shift
        for column in 0..<width { result.gradient[column] += values[row * width + column] }
      }
      for (share, times) in set.parts {
        result.subtract(set.risk, less: set.dying, share: share, times: times)
      }
    }
    return NewtonAggregate(
      unchecked: result.value, result.gradient, result.information, order.count)
  }

  /// The rows of one time with an event, and sums over those at risk then.
  struct RiskSet {
    let rows: Range<Int>
    let deaths: Int
    /// What was taken off every linear predictor of the stratum, so that no hazard overflows.
    let shift: Double
    let risk: MomentSums
    let dying: MomentSums
    let ties: Ties

    /// The terms of a time: what share of the dying is taken out of the risk set, and how often.
    var parts: [(share: Double, times: Double)] {
      guard deaths > 1, ties == .efron else { return [(0, Double(deaths))] }
      return (0..<deaths).map { (Double($0) / Double(deaths), 1) }
    }
  }

  /// Goes through the times with events, stratum by stratum, from the last to the first.
  func walk(_ predictor: [Double], _ body: (RiskSet) -> Void) {
    var start = 0
    while start < order.count {
      var end = start
      var top = -Double.infinity
      while end < order.count, strata[end] == strata[start] {
        top = max(top, predictor[end])
        end += 1
      }
      walk(start..<end, predictor, shift: top, body)
      start = end
    }
  }

  private func walk(
    _ stratum: Range<Int>, _ predictor: [Double], shift: Double, _ body: (RiskSet) -> Void
  ) {
    var risk = MomentSums(width)
    var dying = MomentSums(width)
    var start = stratum.lowerBound
    while start < stratum.upperBound {
      var end = start
      var deaths = 0
      if ties == .efron, isEvent[start] { dying.clear() }
      while end < stratum.upperBound, times[end] == times[start] {
        let hazard = exp(predictor[end] - shift)
        risk.add(hazard, values, end * width)
        if isEvent[end] {
          deaths += 1
          if ties == .efron { dying.add(hazard, values, end * width) }
        }
        end += 1
      }
      if deaths > 0 {
        body(
          RiskSet(
            rows: start..<end, deaths: deaths, shift: shift, risk: risk, dying: dying, ties: ties))
      }
      start = end
    }
  }
}

/// Σ hazard, Σ hazard · x and Σ hazard · x xᵀ (lower triangle) over a set.
struct MomentSums {
  let width: Int
  var weight = 0.0
  var first: [Double]
  var second: [Double]

  init(_ width: Int) {
    self.width = width
    first = [Double](repeating: 0, count: width)
    second = [Double](repeating: 0, count: width * (width + 1) / 2)
  }

  mutating func clear() {
    weight = 0
    for place in first.indices { first[place] = 0 }
    for place in second.indices { second[place] = 0 }
  }

  mutating func add(_ hazard: Double, _ values: [Double], _ base: Int) {
    weight += hazard
    var place = 0
    for i in 0..<width {
      let scaled = hazard * values[base + i]
      first[i] += scaled
      for j in 0...i {
        second[place] += scaled * values[base + j]
        place += 1
      }
    }
  }
}

/// What the risk sets take from the likelihood.
private struct RiskSums {
  var value = 0.0
  var gradient: [Double]
  var information: [Double]
  private var mean: [Double]

  init(_ width: Int) {
    gradient = [Double](repeating: 0, count: width)
    mean = gradient
    information = [Double](repeating: 0, count: width * (width + 1) / 2)
  }

  /// Takes away log Σ, its slope (the mean) and its curvature (the variance), so many times.
  mutating func subtract(
    _ risk: MomentSums, less dying: MomentSums, share: Double, times: Double
  ) {
    let weight = risk.weight - share * dying.weight
    value -= times * log(weight)
    var place = 0
    for i in gradient.indices {
      mean[i] = (risk.first[i] - share * dying.first[i]) / weight
      gradient[i] -= times * mean[i]
      for j in 0...i {
        let moment = (risk.second[place] - share * dying.second[place]) / weight
        information[place] += times * (moment - mean[i] * mean[j])
        place += 1
      }
    }
  }
}
