import Foundation

extension CoxLikelihood {
  /// Standard errors that hold where rows of a cluster depend on one another, or the model is a
  /// little wrong: the sandwich of Lin & Wei, JASA 1989.
  ///
  /// The score residuals of each cluster are summed and multiplied by the inverse information.
  ///
  /// - Parameter clusters: a number for each row as given; nil where every row stands for itself.
  public func robustErrors(_ fit: NewtonFit, clusters: [Int]? = nil) -> [Double] {
    precondition((clusters?.count ?? order.count) == order.count, "a cluster for every row")
    let residuals = scoreResiduals(at: fit.coefficients)
    var sums: [Int: [Double]] = [:]
    var keys: [Int] = []
    for row in order.indices {
      let cluster = clusters?[order[row]] ?? row
      var sum = sums[cluster] ?? [Double](repeating: 0, count: width)
      if sums[cluster] == nil { keys.append(cluster) }
      for column in 0..<width { sum[column] += residuals[row * width + column] }
      sums[cluster] = sum
    }
    var variances = [Double](repeating: 0, count: width)
    for key in keys {
      guard let sum = sums[key] else { continue }
      for column in 0..<width {
        var change = 0.0
        for other in 0..<width { change += sum[other] * fit.covariance(column, other) }
        variances[column] += change * change
      }
    }
    return variances.map { $0.squareRoot() }
  }

  /// Each row's part of the score, in the order of the risk sets, row by row.
  ///
  /// Therneau & Grambsch, Modeling Survival Data, 4.5: Σ over the times a row is at risk of
  /// (x − x̄)(dN − hazard · dΛ), Efron's ties averaged over the orders.
  func scoreResiduals(at coefficients: [Double]) -> [Double] {
    let predictor = predictors(coefficients)
    var sets: [RiskMeans] = []
    walk(predictor) { sets.append(RiskMeans($0, width)) }
    var residuals = [Double](repeating: 0, count: order.count * width)
    // From the first time to the last, so that what a row passed through is a running sum.
    var passed = RiskMeans.Sums(width)
    var next = sets.count - 1
    var row = order.count - 1
    while row >= 0 {
      var start = row
      while start > 0, strata[start - 1] == strata[row], times[start - 1] == times[row] {
        start -= 1
      }
      if row == order.count - 1 || strata[row + 1] != strata[row] { passed = .init(width) }
      let here = next >= 0 && sets[next].rows.lowerBound == start ? sets[next] : nil
      if here != nil { next -= 1 }
      for place in start...row {
        let dies = isEvent[place]
        for column in 0..<width {
          let x = values[place * width + column]
          var loss = x * passed.weight - passed.mean[column]
          var gain = 0.0
          if let here {
            let sums = dies ? here.dying : here.others
            loss += x * sums.weight - sums.mean[column]
            if dies { gain = x - here.average[column] }
          }
          let shift = here?.shift ?? passed.shift
          residuals[place * width + column] = gain - exp(predictor[place] - shift) * loss
        }
      }
      if let here { passed.add(here.others, shift: here.shift) }
      row = start - 1
    }
    return residuals
  }
}

/// A time's hazard increments and means.
private struct RiskMeans {
  /// Σ 1/S₀ and Σ x̄/S₀.
  struct Sums {
    var weight = 0.0
    var mean: [Double]
    var shift = 0.0

    init(_ width: Int) { mean = [Double](repeating: 0, count: width) }

    mutating func add(_ other: Sums, shift: Double) {
      weight += other.weight
      for column in mean.indices { mean[column] += other.mean[column] }
      self.shift = shift
    }
  }

  let rows: Range<Int>
  let shift: Double
  /// For those who stay, and for those who die and so leave step by step.
  var others: Sums, dying: Sums
  /// The mean of x̄ over the terms.
  var average: [Double]

  init(_ set: CoxLikelihood.RiskSet, _ width: Int) {
    (rows, shift) = (set.rows, set.shift)
    others = Sums(width)
    dying = Sums(width)
    average = [Double](repeating: 0, count: width)
    for (share, times) in set.parts {
      let weight = set.risk.weight - share * set.dying.weight
      others.weight += times / weight
      dying.weight += times * (1 - share) / weight
      for column in 0..<width {
        let mean = (set.risk.first[column] - share * set.dying.first[column]) / weight
        others.mean[column] += times * mean / weight
        dying.mean[column] += times * (1 - share) * mean / weight
        average[column] += times * mean / Double(set.deaths)
      }
    }
  }
}
