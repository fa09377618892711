/// Why a regression has no estimate: a value with a reason, never a number that looks like one.
public enum RegressionFailure: Error, Codable, Hashable, Sendable {
  /// No row has an event, or none is left: nothing can be estimated.
  case noEvents
  /// The columns depend on one another, or one of them is constant where it should vary; the column
  /// is the first that the ones before it make up.
  case dependentColumns(column: Int)
  /// The likelihood rises without end in this coefficient: cases and others can be told apart, or a
  /// group has no event. The estimate is infinite.
  case separated(column: Int)
  /// The likelihood did not settle in so many rounds.
  case notConverged(rounds: Int)
  /// The likelihood is no finite number where the search stood.
  case notFinite
  /// There are no more rows than coefficients.
  case fewRows(rows: Int, columns: Int)
}

extension RegressionFailure: CustomStringConvertible {
  /// One sentence; columns are counted from 1.
  public var description: String { sentence { "column \($0 + 1)" } }

  /// One sentence that names the columns.
  public func description(columns names: [String]) -> String {
    sentence { names.indices.contains($0) ? names[$0] : "column \($0 + 1)" }
  }

  private func sentence(_ name: (Int) -> String) -> String {
    switch self {
    case .noEvents: "no event among the rows, nothing can be estimated"
    case .dependentColumns(let column):
      "\(name(column)) is constant, or made up of the other columns"
    case .separated(let column):
      "the effect of \(name(column)) has no finite estimate: some group has only events, or none"
    case .notConverged(let rounds): "the likelihood did not settle in \(rounds) rounds"
    case .notFinite: "the likelihood is no finite number; are the columns on very unlike scales?"
    case .fewRows(let rows, let columns): "\(rows) rows are too few for \(columns) coefficients"
    }
  }
}
