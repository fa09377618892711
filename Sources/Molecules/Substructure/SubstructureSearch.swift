/// A row that the screen could not rule out.
public struct SubstructureCandidate: Hashable, Sendable {
  /// The row's number.
  public let row: Int
  /// Its structure.
  public let smiles: String

  /// Names a row and its structure.
  public init(row: Int, smiles: String) {
    self.row = row
    self.smiles = smiles
  }
}

/// What the exact search says of a row that is no plain miss.
public struct SubstructureFinding: Hashable, Sendable {
  /// What was found.
  public enum Verdict: Hashable, Sendable {
    /// The pattern occurs.
    case present
    /// The budget was spent before the search ended.
    case undecided
    /// The structure cannot be read.
    case unreadable(MoleculeError)
  }

  /// The row's number.
  public let row: Int
  /// What was found.
  public let verdict: Verdict
}

/// The exact half of a substructure search: candidates in, findings out, in their order.
///
/// The other half is the screen. A row is a candidate when it has every bit of
/// ``SubstructurePattern/patternFingerprintWords(bits:)``; in an index of the rows' pattern
/// fingerprints those are the rows with a Tversky similarity of 1 for α = 1 and β = 0.
///
/// A search is a pure function of one piece, so a pool can map pieces of a stream in any order:
///
///     try pool.stream(
///       next: nextPiece, transform: search.findings(in:), consume: { report.take($0) })
public struct SubstructureSearch: Sendable {
  /// How many candidates make a piece: some tens of milliseconds of work.
  public static let pieceSize = 256

  /// The pattern.
  public let pattern: SubstructurePattern
  /// How far the search in one row may go.
  public let budget: MatchBudget
  /// What is refused of a row.
  public let limits: StructureLimits

  /// Creates a search.
  public init(
    for pattern: SubstructurePattern, budget: MatchBudget = .default,
    limits: StructureLimits = .default
  ) {
    self.pattern = pattern
    self.budget = budget
    self.limits = limits
  }

  /// The rows of a piece that match, and those that could not be decided, in the order of the piece.
  public func findings(in piece: [SubstructureCandidate]) -> [SubstructureFinding] {
    piece.compactMap { candidate in
      do throws(MoleculeError) {
        switch try outcome(in: candidate.smiles) {
        case .present: return SubstructureFinding(row: candidate.row, verdict: .present)
        case .undecided: return SubstructureFinding(row: candidate.row, verdict: .undecided)
        case .absent: return nil
        }
      } catch {
        return SubstructureFinding(row: candidate.row, verdict: .unreadable(error))
      }
    }
  }

  /// Whether the pattern occurs in a SMILES: the same as asking its ``Structure``, in less time.
  public func outcome(in smiles: String) throws(MoleculeError) -> MatchOutcome {
    try pattern.handle.outcome(in: smiles, steps: UInt64(budget.steps), limits: limits)
  }
}
