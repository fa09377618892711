/// Why a survey's design, or a question to it, has no answer.
public enum SurveyError: Error, Hashable, Sendable, CustomStringConvertible {
  /// No row is left.
  case empty
  /// A weight that is no number above 0; the row counts from 1.
  case weight(row: Int)
  /// Columns of different lengths.
  case lengths(expected: Int, found: Int)
  /// A stratum of which one unit was drawn, of more than one.
  case singleUnit(stratum: String, stage: Int, more: Int)
  /// A stratum whose rows name different sizes, or none.
  case populationVaries(stratum: String, stage: Int)
  /// A stratum of which more was drawn than there is.
  case populationTooSmall(stratum: String, stage: Int, drawn: Int, population: Double)
  /// Sizes are named for a stage and not for the one before it.
  case populationMissing(stage: Int)
  /// Balanced halves need two units in every stratum.
  case notPairs(stratum: String, units: Int)
  /// The question has no answer in this sample.
  case undefined(String)

  /// A sentence for a reader.
  public var description: String {
    switch self {
    case .empty: "the sample has no row that can be used"
    case .weight(let row): "row \(row) has a weight that is no number above 0"
    case .lengths(let expected, let found):
      "a column has \(found) values where the sample has \(expected) rows"
    case .singleUnit(let stratum, let stage, let more):
      "stratum \(stratum) has one unit at stage \(stage)\(Self.others(more)): its spread cannot be "
        + "known; merge strata, or choose to centre it on the grand mean or to call it certain"
    case .populationVaries(let stratum, let stage):
      "stratum \(stratum) names more than one size of its population at stage \(stage), or none"
    case .populationTooSmall(let stratum, let stage, let drawn, let population):
      "stratum \(stratum) has \(drawn) units drawn at stage \(stage) from a population of "
        + "\(population): sizes are numbers of units, not shares"
    case .populationMissing(let stage):
      "the population of stage \(stage) is not named, but that of a later stage is"
    case .notPairs(let stratum, let units):
      "balanced repeated replication needs two units in every stratum; \(stratum) has \(units)"
    case .undefined(let why): why
    }
  }

  private static func others(_ more: Int) -> String {
    more > 0 ? " (and \(more) more strata likewise)" : ""
  }
}
