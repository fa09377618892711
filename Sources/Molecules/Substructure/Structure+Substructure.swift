extension Structure {
  /// Whether the pattern occurs in this molecule.
  ///
  /// - Throws: ``MoleculeError`` `.tooComplex` when the budget is spent first.
  /// - Complexity: microseconds for real patterns; at most the budget.
  public func matches(
    _ pattern: SubstructurePattern, budget: MatchBudget = .default
  ) throws(MoleculeError) -> Bool {
    switch try outcome(of: pattern, budget: budget) {
    case .present: return true
    case .absent: return false
    case .undecided:
      throw .tooComplex("the search for the pattern took more than \(budget.steps) steps")
    }
  }

  /// Whether the pattern occurs in this molecule, where a search that is given up is an answer too.
  public func outcome(
    of pattern: SubstructurePattern, budget: MatchBudget = .default
  ) throws(MoleculeError) -> MatchOutcome {
    try handle.outcome(of: pattern.handle, steps: UInt64(budget.steps))
  }

  /// Where the pattern occurs: for each match the atoms in the order of the pattern.
  ///
  /// The search ends after `limit` matches; those on the same set of atoms are then merged.
  ///
  /// - Throws: ``MoleculeError`` `.tooComplex` when the budget is spent first; a match costs as many
  ///   steps as it has atoms, so the budget bounds the memory too.
  public func atoms(
    matching pattern: SubstructurePattern, limit: Int = 1_000, budget: MatchBudget = .default
  ) throws(MoleculeError) -> [[Int]] {
    try handle.atoms(
      matching: pattern.handle, limit: limit, steps: UInt64(budget.steps))
  }

  /// The names of the alerts in this molecule, sorted.
  public func alerts(in catalog: AlertCatalog) throws(MoleculeError) -> [String] {
    try handle.alerts(in: catalog.loaded(), isPrefiltered: true).map { catalog.names[$0] }.sorted()
  }

  /// The same without the fingerprint screen, so that a test can prove the screen right.
  func alertsWithoutScreen(in catalog: AlertCatalog) throws(MoleculeError) -> [String] {
    try handle.alerts(in: catalog.loaded(), isPrefiltered: false).map { catalog.names[$0] }.sorted()
  }
}
