public import Governance

/// The one door through which estimates of a public sample leave.
///
/// A table of groups passes when no group of fewer people than the minimum is told or follows: in
/// the table itself by ``MinimumCell``, together with all that the session told before by
/// ``QueryGuard``.
public struct ExportGate: Hashable, Sendable {
  /// The smallest number of people that may be told.
  public let rule: MinimumCell
  /// What the session told.
  public private(set) var session: QueryGuard

  /// Opens a session over the rows of a sample, or goes on with one.
  public init(
    rows: Int, rule: MinimumCell = MinimumCell(), session: QueryGuard? = nil
  ) throws(SampleError) {
    if let session, session.cells != rows || session.minimum != rule.minimum {
      throw SampleError(
        "the session was begun over \(session.cells) rows with a minimum of \(session.minimum); this "
          + "table has \(rows), and the minimum is \(rule.minimum)")
    }
    self.rule = rule
    self.session = session ?? QueryGuard(counts: [Int](repeating: 1, count: rows), rule: rule)
  }

  /// What may be told.
  public struct Release: Hashable, Sendable {
    /// For each row of the table, whether all of its groups may be told.
    public let rows: [Bool]
    /// Whether the columns' sums may be told.
    public let whole: Bool
  }

  /// Judges a table: a row for each domain, a column for each outcome, in each cell the rows of the
  /// sample that stand there.
  ///
  /// A domain with an empty or small outcome is told as a whole or not at all, since its share would
  /// tell the outcome's people.
  public mutating func judge(_ table: [[[Int]]]) -> Release {
    let release = rule.release(table.map { $0.map(\.count) })
    let columns = (table.first ?? []).indices
    func isTold(_ groups: [[Int]], _ counts: [Int?]) -> Bool {
      guard counts.allSatisfy({ $0 != nil }), groups.contains(where: { !$0.isEmpty }) else {
        return false
      }
      // The guard changes only by answers, so what is tried and refused leaves it as it was.
      var trial = session
      for group in groups where !group.isEmpty {
        guard case .count = trial.ask(group) else { return false }
      }
      session = trial
      return true
    }
    let sums = columns.map { column in table.flatMap { $0[column] } }
    // Sums first: they are worth the most. Then the largest domains.
    let whole = isTold(sums, release.columnSums)
    let order = table.indices.sorted { one, other in
      let (a, b) = (table[one].joined().count, table[other].joined().count)
      return a != b ? a > b : one < other
    }
    var rows = [Bool](repeating: false, count: table.count)
    for row in order { rows[row] = isTold(table[row], release.cells[row]) }
    return Release(rows: rows, whole: whole)
  }
}
