public import Governance

/// The one door through which estimates of a public sample leave.
///
/// A group passes when neither it nor what is left without it is of fewer people than the minimum,
/// by ``QueryGuard``, which knows all that the session told before.
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
  /// A domain with an empty or small outcome is kept back as a whole, since its share would tell the
  /// outcome's people; so is one without which the sums would tell another's.
  public mutating func judge(_ table: [[[Int]]]) -> Release {
    let columns = (table.first ?? []).indices
    // Sums first: they are worth the most. Then the largest domains.
    let whole = allows(columns.map { column in table.flatMap { $0[column] } })
    let order = table.indices.sorted { one, other in
      let (a, b) = (table[one].joined().count, table[other].joined().count)
      return a != b ? a > b : one < other
    }
    var rows = [Bool](repeating: false, count: table.count)
    for row in order { rows[row] = allows(table[row]) }
    return Release(rows: rows, whole: whole)
  }

  /// Whether all groups may be told.
  ///
  /// What was asked before one of them was refused stays asked: the session then thinks that more
  /// was told than was, which errs on the safe side.
  private mutating func allows(_ groups: [[Int]]) -> Bool {
    for group in groups {
      guard group.count >= rule.minimum, case .count = session.ask(group) else { return false }
    }
    return true
  }
}
