extension MolecularGraph {
  /// One bond.
  public struct Bond: Hashable, Sendable {
    private let firstAtom: UInt32
    private let secondAtom: UInt32
    /// Its kind.
    public let kind: Kind
    /// Where its ends' neighbours lie.
    public let stereo: Stereo
    /// Whether it is conjugated.
    public let isConjugated: Bool
    /// Whether it belongs to a ring.
    public let isInRing: Bool

    /// The atom it begins at.
    public var begin: Int { Int(firstAtom) }
    /// The atom it ends at.
    public var end: Int { Int(secondAtom) }

    /// States a bond.
    public init(
      _ begin: Int, _ end: Int, _ kind: Kind, stereo: Stereo = .none, isConjugated: Bool = false,
      isInRing: Bool = false
    ) {
      firstAtom = UInt32(begin)
      secondAtom = UInt32(end)
      self.kind = kind
      self.stereo = stereo
      self.isConjugated = isConjugated
      self.isInRing = isInRing
    }
  }

  /// What a bond is made of.
  public enum Kind: UInt8, Hashable, Sendable, CaseIterable {
    /// One pair of electrons.
    case single
    /// Two pairs.
    case double
    /// Three pairs.
    case triple
    /// A share of an aromatic system.
    case aromatic
    /// Dative, quadruple and rarer kinds.
    case other
  }

  /// The stereochemistry of a double bond.
  public enum Stereo: UInt8, Hashable, Sendable, CaseIterable {
    /// None, or none marked.
    case none
    /// Marked as either.
    case any
    /// Z by the rules of Cahn, Ingold and Prelog.
    case z
    /// E by the same rules.
    case e
    /// The two atoms named stand on one side.
    case cis
    /// They stand on different sides.
    case trans
    /// Anything else, such as hindered rotation.
    case other
  }
}
