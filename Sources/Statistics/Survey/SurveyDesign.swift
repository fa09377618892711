/// How a sample was drawn: weights, strata, clusters at one or more stages, sizes of populations.
///
/// Variances are those of Taylor linearisation, stage by stage (Särndal, Swensson & Wretman, Model
/// Assisted Survey Sampling, 1992, chapters 4 and 5; the numbers of R's survey, Lumley, J. Stat.
/// Softw. 2004): at a stage with n of N units drawn from a stratum,
/// (1 − n/N) · n/(n − 1) · Σ (unit total − mean)², and what the next stage adds counts n/N. Without
/// N the first stage stands for all, which is exact for drawing with replacement.
public struct SurveyDesign: Sendable {
  /// One weight a row: how many people the row stands for.
  public let weights: [Double]
  /// What is done with strata of one unit.
  public let singleUnits: SingleUnitRule
  let stages: [SurveyUnits]

  /// How many rows there are.
  public var rows: Int { weights.count }

  /// A design, checked: every weight is above 0 and every stratum can tell its spread, unless the
  /// rule says what else to do.
  ///
  /// - Parameter weights: nil where the sizes of the populations at every stage say them.
  public init(
    weights: [Double]?, stages: [SurveyStage] = [], rows: Int? = nil,
    singleUnits: SingleUnitRule = .fail
  ) throws(SurveyError) {
    let first = stages.first
    let count =
      weights?.count ?? first?.clusters?.count ?? first?.strata?.count
      ?? first?.populations?.count ?? rows ?? 0
    guard count > 0 else { throw .empty }
    var known: [SurveyUnits] = []
    for (number, stage) in (stages.isEmpty ? [SurveyStage()] : stages).enumerated() {
      // A later stage adds nothing to a stage that was drawn from a population without end.
      if number > 0, known[number - 1].population == nil {
        guard stage.populations == nil else { throw .populationMissing(stage: number) }
        break
      }
      let units = try SurveyUnits(stage, within: known.last, rows: count, number: number + 1)
      known.append(units)
      if singleUnits == .fail { try Self.checkSingle(units, stage: number + 1) }
    }
    self.stages = known
    self.singleUnits = singleUnits
    if let weights {
      for (row, weight) in weights.enumerated() where !(weight > 0 && weight.isFinite) {
        throw .weight(row: row + 1)
      }
      self.weights = weights
    } else {
      self.weights = try Self.weights(known, rows: count)
    }
  }

  /// Π N/n over the stages.
  private static func weights(
    _ stages: [SurveyUnits], rows: Int
  ) throws(SurveyError) -> [Double] {
    guard stages.allSatisfy({ $0.population != nil }) else {
      throw .undefined("without weights the population of every stage must be named")
    }
    return (0..<rows).map { row in
      stages.reduce(1.0) { weight, units in
        let stratum = units.stratumOfUnit[units.unitOfRow[row]]
        return weight * (units.population?[stratum] ?? 1) / Double(units.drawn[stratum])
      }
    }
  }

  private static func checkSingle(_ units: SurveyUnits, stage: Int) throws(SurveyError) {
    let single = units.drawn.indices.filter { units.drawn[$0] == 1 && units.left($0) > 0 }
    guard let first = single.first else { return }
    throw .singleUnit(stratum: units.names[first], stage: stage, more: single.count - 1)
  }

  /// Units drawn first less their strata: what t-distributions are read with.
  ///
  /// - Parameter domain: the rows that count; all by default.
  public func degreesOfFreedom(_ domain: [Bool]? = nil) -> Int {
    let units = stages[0]
    guard let domain else { return units.stratumOfUnit.count - units.drawn.count }
    var isSeen = [Bool](repeating: false, count: units.stratumOfUnit.count)
    for row in domain.indices where domain[row] { isSeen[units.unitOfRow[row]] = true }
    let seen = isSeen.indices.filter { isSeen[$0] }
    return seen.count - Set(seen.map { units.stratumOfUnit[$0] }).count
  }

  /// The sum of all weights: the population as the sample sees it.
  public var population: Double { Moments.sum(weights) }
}
