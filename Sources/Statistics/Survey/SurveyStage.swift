/// One stage of drawing: who was drawn from what.
public struct SurveyStage: Hashable, Sendable {
  /// The stratum of each row; nil where nothing was stratified.
  public var strata: [String]?
  /// The unit that was drawn, for each row; nil where each row was drawn by itself.
  ///
  /// Labels are read within their stratum, and within the unit of the stage before.
  public var clusters: [String]?
  /// How many units the row's stratum has in the population; nil for a population without end.
  public var populations: [Double]?

  /// Describes a stage.
  public init(
    strata: [String]? = nil, clusters: [String]? = nil, populations: [Double]? = nil
  ) {
    self.strata = strata
    self.clusters = clusters
    self.populations = populations
  }
}

/// What is done with a stratum of which one unit was drawn, while it has more.
public enum SingleUnitRule: String, Codable, Hashable, Sendable, CaseIterable {
  /// Nothing can be said, and nothing is said.
  case fail
  /// Its total is compared with the mean of all units' totals of the stage: cautious.
  case grandMean = "grand-mean"
  /// It counts as drawn for certain and adds no variance: optimistic.
  case certainty
}

/// A stage with its units and strata numbered.
struct SurveyUnits: Sendable {
  /// The unit of each row.
  let unitOfRow: [Int]
  /// The stratum of each unit.
  let stratumOfUnit: [Int]
  /// Drawn units of each stratum.
  let drawn: [Int]
  /// Units of each stratum in the population; nil for one without end.
  let population: [Double]?
  /// What the stage's variance is multiplied by in each stratum: the shares drawn at all stages
  /// before.
  let share: [Double]
  /// The strata's names, for sentences.
  let names: [String]

  /// The share of the stratum that was not drawn.
  func left(_ stratum: Int) -> Double {
    guard let population else { return 1 }
    return (population[stratum] - Double(drawn[stratum])) / population[stratum]
  }

  init(
    _ stage: SurveyStage, within parent: SurveyUnits?, rows: Int, number: Int
  ) throws(SurveyError) {
    for found in [stage.strata?.count, stage.clusters?.count, stage.populations?.count] {
      if let found, found != rows { throw .lengths(expected: rows, found: found) }
    }
    var strata: [SurveyKey: Int] = [:]
    var units: [SurveyKey: Int] = [:]
    var unitOfRow = [Int](repeating: 0, count: rows)
    var stratumOfUnit: [Int] = []
    var drawn: [Int] = []
    var firstRow: [Int] = []
    for row in 0..<rows {
      let key = SurveyKey(parent: parent?.unitOfRow[row] ?? 0, label: stage.strata?[row] ?? "")
      let stratum = strata[key] ?? drawn.count
      if stratum == drawn.count {
        strata[key] = stratum
        drawn.append(0)
        firstRow.append(row)
      }
      var unit = stratumOfUnit.count
      if let clusters = stage.clusters {
        let key = SurveyKey(parent: stratum, label: clusters[row])
        if let known = units[key] { unit = known } else { units[key] = unit }
      }
      if unit == stratumOfUnit.count {
        stratumOfUnit.append(stratum)
        drawn[stratum] += 1
      }
      unitOfRow[row] = unit
    }
    let names = firstRow.map { row in stage.strata?[row] ?? "1" }
    self.unitOfRow = unitOfRow
    self.stratumOfUnit = stratumOfUnit
    self.drawn = drawn
    self.names = names
    var population: [Double]?
    if let sizes = stage.populations {
      population = firstRow.map { sizes[$0] }
      for row in 0..<rows {
        let stratum = stratumOfUnit[unitOfRow[row]]
        guard sizes[row].isFinite, sizes[row] == sizes[firstRow[stratum]] else {
          throw .populationVaries(stratum: names[stratum], stage: number)
        }
      }
      for (stratum, count) in drawn.enumerated() where sizes[firstRow[stratum]] < Double(count) {
        throw .populationTooSmall(
          stratum: names[stratum], stage: number, drawn: count,
          population: sizes[firstRow[stratum]])
      }
    }
    self.population = population
    share = firstRow.map { row in
      guard let parent, let sizes = parent.population else { return 1 }
      let above = parent.stratumOfUnit[parent.unitOfRow[row]]
      return parent.share[above] * Double(parent.drawn[above]) / sizes[above]
    }
  }
}

private struct SurveyKey: Hashable {
  let parent: Int
  let label: String
}
