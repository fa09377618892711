/// What is refused of a pattern before it is matched.
///
/// A SMARTS comes from a user or from the web. Its text is bounded here, its nesting by the parser
/// (100 branches, 10 recursive parts), and each search for it by a ``MatchBudget``.
public struct PatternLimits: Hashable, Codable, Sendable {
  /// Most bytes of a SMARTS.
  public var bytes: Int

  /// Most atoms, those of recursive parts included.
  public var atoms: Int

  /// Creates limits; each must be positive.
  public init(bytes: Int = 20_000, atoms: Int = 5_000) {
    precondition(min(bytes, atoms) > 0, "a limit on patterns must be positive")
    self.bytes = bytes
    self.atoms = atoms
  }

  /// Room for the 6,776 patterns of the published collections, of which the largest has 12,719 bytes
  /// and some 2,000 atoms.
  public static let `default` = PatternLimits()
}
