extension SurveyDesign {
  /// The covariance of sums over the rows, by the design.
  ///
  /// - Parameter scores: columns of weighted linearised values, 0 where a row does not count. A
  ///   domain is not a smaller sample: rows outside it keep their units in the count.
  /// - Complexity: O(rows × columns²) for each stage
  func covariance(of scores: [[Double]]) -> [[Double]] {
    let width = scores.count
    var result = [[Double]](repeating: [Double](repeating: 0, count: width), count: width)
    for units in stages { add(units, scores, to: &result) }
    return result
  }

  /// The variance of one sum.
  func variance(of scores: [Double]) -> Double { covariance(of: [scores])[0][0] }

  private func add(_ units: SurveyUnits, _ scores: [[Double]], to result: inout [[Double]]) {
    let count = units.stratumOfUnit.count
    let totals = scores.map { column in
      var totals = [Double](repeating: 0, count: count)
      for row in 0..<rows { totals[units.unitOfRow[row]] += column[row] }
      return totals
    }
    let centres = totals.map { Self.means($0, units) }
    let grand = totals.map { $0.reduce(0, +) / Double(count) }
    let scales = units.drawn.indices.map { stratum -> Double in
      let drawn = Double(units.drawn[stratum])
      let left = units.left(stratum) * units.share[stratum]
      if units.drawn[stratum] > 1 { return left * drawn / (drawn - 1) }
      return singleUnits == .grandMean ? left : 0
    }
    func deviation(_ column: Int, _ unit: Int) -> Double {
      let stratum = units.stratumOfUnit[unit]
      // One unit is its own mean; what it may differ from is the mean of all.
      let centre = units.drawn[stratum] > 1 ? centres[column][stratum] : grand[column]
      return totals[column][unit] - centre
    }
    for one in scores.indices {
      for other in 0...one {
        var sums = [Double](repeating: 0, count: units.drawn.count)
        for unit in 0..<count {
          sums[units.stratumOfUnit[unit]] += deviation(one, unit) * deviation(other, unit)
        }
        let sum = Moments.sum(sums.indices.lazy.map { scales[$0] * sums[$0] })
        result[one][other] += sum
        if one != other { result[other][one] += sum }
      }
    }
  }

  private static func means(_ totals: [Double], _ units: SurveyUnits) -> [Double] {
    var sums = [Double](repeating: 0, count: units.drawn.count)
    for (unit, total) in totals.enumerated() { sums[units.stratumOfUnit[unit]] += total }
    return sums.indices.map { sums[$0] / Double(units.drawn[$0]) }
  }
}
