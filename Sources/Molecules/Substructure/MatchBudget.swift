/// How far a search for one pattern in one molecule may go before it is given up.
///
/// Finding a subgraph takes exponential time for some graphs: a long chain of `*~*~*…` that does
/// not quite fit into a cage. RDKit's search cannot be interrupted, so the pattern's own atoms count
/// how often they are asked and say no once the budget is spent. The count depends on the two
/// graphs only: what is given up is the same on every machine and with any number of threads.
public struct MatchBudget: Hashable, Codable, Sendable {
  /// Most steps; a step is a comparison of one part of an atom's query, some nanoseconds.
  public var steps: Int

  /// Creates a budget of so many steps.
  public init(steps: Int = 4_000_000) {
    precondition(steps > 0, "a search needs steps")
    self.steps = steps
  }

  /// About a tenth of a second at most.
  public static let `default` = MatchBudget()
}

/// Whether a pattern occurs in a molecule, as far as the budget could tell.
public enum MatchOutcome: Hashable, Codable, Sendable {
  /// It occurs.
  case present
  /// It does not occur.
  case absent
  /// The budget was spent before the search ended.
  case undecided
}
