/// The same sample many times over, each time weighted otherwise: variances without a derivative.
public struct SurveyReplicates: Sendable {
  /// How the weights of the replicates are made.
  public enum Method: Sendable {
    /// Each unit of the first stage left out in turn: JK1 in one stratum, JKn in several.
    case jackknife
    /// Units drawn again within strata, one fewer than there are (Rao & Wu, J. Am. Stat. Assoc.
    /// 1988; the rescaling bootstrap).
    case bootstrap(replicates: Int, seed: UInt64)
    /// One unit of each pair counted twice, the other not at all, in balance (McCarthy 1966).
    case balancedHalves
    /// Weights that came with the data; the variance is `scale` · Σ (replicate − whole)².
    case given([[Double]], scale: Double)
  }

  private enum Factors: Sendable {
    case leaveOut
    case drawn([[UInt16]])
    case halves(order: Int, isFirst: [Bool])
    case given([[Double]])
  }

  /// How many there are.
  public let count: Int
  private let design: SurveyDesign
  private let factors: Factors
  private let scales: [Double]

  /// Makes the replicates of a design.
  public init(of design: SurveyDesign, by method: Method) throws(SurveyError) {
    self.design = design
    let units = design.stages[0]
    let unitCount = units.stratumOfUnit.count
    switch method {
    case .jackknife:
      if let single = units.drawn.firstIndex(of: 1), units.left(single) > 0 {
        throw .singleUnit(stratum: units.names[single], stage: 1, more: 0)
      }
      factors = .leaveOut
      count = unitCount
      scales = units.stratumOfUnit.map { stratum in
        let drawn = Double(units.drawn[stratum])
        return units.left(stratum) * (drawn - 1) / drawn
      }
    case .bootstrap(let replicates, let seed):
      precondition(replicates > 1, "a bootstrap of \(replicates)")
      if let single = units.drawn.firstIndex(of: 1) {
        throw .singleUnit(stratum: units.names[single], stage: 1, more: 0)
      }
      let members = Dictionary(grouping: 0..<unitCount) { units.stratumOfUnit[$0] }
      factors = .drawn(
        (0..<replicates).map { replicate in
          var generator = Xoshiro256(seed: SplitMix64.seed(seed, piece: replicate))
          var times = [UInt16](repeating: 0, count: unitCount)
          for stratum in units.drawn.indices {
            let own = members[stratum] ?? []
            for _ in 1..<own.count { times[own[generator.draw(below: own.count)]] += 1 }
          }
          return times
        })
      count = replicates
      scales = [Double](repeating: 1 / Double(replicates), count: replicates)
    case .balancedHalves:
      for (stratum, drawn) in units.drawn.enumerated() where drawn != 2 {
        throw .notPairs(stratum: units.names[stratum], units: drawn)
      }
      var order = 1
      while order <= units.drawn.count { order *= 2 }
      var isSeen = [Bool](repeating: false, count: units.drawn.count)
      factors = .halves(
        order: order,
        isFirst: units.stratumOfUnit.map { stratum in
          defer { isSeen[stratum] = true }
          return !isSeen[stratum]
        })
      count = order
      scales = [Double](repeating: 1 / Double(order), count: order)
    case .given(let columns, let scale):
      for column in columns where column.count != design.rows {
        throw .lengths(expected: design.rows, found: column.count)
      }
      for column in columns {
        if let row = column.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
          throw .weight(row: row + 1)
        }
      }
      guard columns.count > 1 else { throw .undefined("replicate weights need two columns") }
      factors = .given(columns)
      count = columns.count
      scales = [Double](repeating: scale, count: columns.count)
    }
  }

  /// The weights of one replicate.
  func weights(_ replicate: Int) -> [Double] {
    let units = design.stages[0]
    func times(_ unit: Int) -> Double {
      let stratum = units.stratumOfUnit[unit]
      let drawn = Double(units.drawn[stratum])
      switch factors {
      case .leaveOut:
        if unit == replicate { return 0 }
        return stratum == units.stratumOfUnit[replicate] && drawn > 1 ? drawn / (drawn - 1) : 1
      case .drawn(let times): return Double(times[replicate][unit]) * drawn / (drawn - 1)
      case .halves(_, let isFirst):
        // Sylvester's matrix: the sign at (i, j) is the parity of the bits that i and j share. Its
        // first column is constant and serves no stratum.
        let isEven = (replicate & (stratum + 1)).nonzeroBitCount % 2 == 0
        return isEven == isFirst[unit] ? 2 : 0
      case .given: return 1
      }
    }
    if case .given(let columns) = factors { return columns[replicate] }
    let byUnit = units.stratumOfUnit.indices.map(times)
    return design.weights.indices.map { design.weights[$0] * byUnit[units.unitOfRow[$0]] }
  }

  /// The estimate of a statistic; its variance is the spread of the replicates about the whole.
  ///
  /// - Complexity: O(rows × replicates)
  public func estimate(
    _ statistic: SurveyStatistic, among domain: [Bool]? = nil
  ) throws(SurveyError) -> SurveyEstimate {
    try design.check(statistic, domain)
    let whole = try statistic.linearised(design.weights, domain)
    var variance = 0.0
    for replicate in 0..<count where scales[replicate] > 0 {
      let found = try statistic.linearised(weights(replicate), domain).value
      variance += scales[replicate] * (found - whole.value) * (found - whole.value)
    }
    var degrees = design.degreesOfFreedom(whole.isUsed)
    if case .given = factors { degrees = count - 1 }
    return SurveyEstimate(
      value: whole.value, variance: variance, degrees: degrees,
      rows: whole.isUsed.count { $0 })
  }
}
