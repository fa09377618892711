/// What is refused before the toolkit's slower steps see it.
///
/// RDKit cannot be interrupted, so time is bounded by size:
/// - bytes before parsing; atoms, independent rings and neighbours of one atom (24) after it and
///   before ring search, aromaticity, stereo and ranking. At the defaults the worst text found so
///   far, a branched chain of 1,500 atoms, takes about 2 s and most of 1,000 atoms half a second;
/// - the canonical tautomer by its own counts and seconds (``Standardizer/TautomerLimits``);
/// - InChI by 1,023 atoms and the library's own time limit of 10 s;
/// - the path fingerprint by the number of walks of seven bonds, drawings by 400 atoms;
/// - the search for a pattern by its steps (``MatchBudget``), patterns themselves by ``PatternLimits``.
public struct StructureLimits: Hashable, Codable, Sendable {
  /// Most bytes of a SMILES.
  public var smilesBytes: Int

  /// Most bytes of a mol block.
  public var molBlockBytes: Int

  /// Most atoms, written hydrogens included.
  public var atoms: Int

  /// Most independent rings (bonds − atoms + fragments).
  public var rings: Int

  /// Creates limits; each must be positive.
  public init(
    smilesBytes: Int = 50_000, molBlockBytes: Int = 2_000_000, atoms: Int = 1_500, rings: Int = 200
  ) {
    precondition(
      min(smilesBytes, molBlockBytes, atoms, rings) > 0, "a limit on structures must be positive")
    self.smilesBytes = smilesBytes
    self.molBlockBytes = molBlockBytes
    self.atoms = atoms
    self.rings = rings
  }

  /// Room for a peptide of 200 residues or a fullerene; refuses whole proteins and hostile cages.
  public static let `default` = StructureLimits()
}
