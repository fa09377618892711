extension Structure {
  /// Whether the pattern occurs in this molecule.
  ///
  /// - Complexity: exponential in the pattern in the worst case; microseconds for real ones.
  public func matches(_ pattern: SubstructurePattern) throws(MoleculeError) -> Bool {
    try handle.matches(pattern.handle)
  }

  /// Where the pattern occurs: for each match the atoms in the order of the pattern.
  ///
  /// The search ends after `limit` matches; those on the same set of atoms are then merged.
  public func atoms(
    matching pattern: SubstructurePattern, limit: Int = 1_000
  ) throws(MoleculeError) -> [[Int]] {
    try handle.atoms(matching: pattern.handle, limit: limit)
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
