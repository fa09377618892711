/// One molecule, sanitised by RDKit: valences checked, rings and aromaticity found, stereo assigned.
///
/// The structure is immutable and may be used from several threads at once; calls on one and the
/// same structure take turns.
public struct Structure: ~Copyable, Sendable {
  let handle: MoleculeHandle

  /// Reads a SMILES as RDKit's `MolFromSmiles` does, with a name or a CXSMILES part after a space.
  ///
  /// - Throws: ``MoleculeError``; `.empty` for a SMILES without atoms.
  public init(
    parsing smiles: String, limits: StructureLimits = .default
  ) throws(MoleculeError) {
    handle = try MoleculeHandle(smiles: smiles, limits: limits)
  }

  /// Reads one mol block, V2000 or V3000, without the data items of an SDF record.
  public init(
    molBlock: String, limits: StructureLimits = .default
  ) throws(MoleculeError) {
    handle = try MoleculeHandle(molBlock: molBlock, limits: limits)
  }

  init(_ handle: consuming MoleculeHandle) {
    self.handle = handle
  }

  /// How many atoms are no hydrogen.
  public var heavyAtomCount: Int { handle.heavyAtomCount }

  /// How many atoms the graph holds; implicit hydrogens are not among them.
  public var atomCount: Int { handle.atomCount }
}
