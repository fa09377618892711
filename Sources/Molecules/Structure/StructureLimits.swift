/// What is refused before the toolkit's slower steps see it.
///
/// RDKit cannot be interrupted, so time is bounded by size: the bytes before parsing, then atoms
/// and independent rings before ring search, aromaticity, stereo and canonical ranking.
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
    smilesBytes: Int = 50_000, molBlockBytes: Int = 2_000_000, atoms: Int = 2_000, rings: Int = 200
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
