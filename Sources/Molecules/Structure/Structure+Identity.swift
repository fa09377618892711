extension Structure {
  /// RDKit's canonical SMILES with stereo and isotopes: equal for equal molecules, however written.
  ///
  /// - Complexity: O(n log n) on molecules, more on highly symmetric cages.
  public var canonicalSMILES: String {
    get throws(MoleculeError) { try handle.canonicalSMILES() }
  }

  /// The Murcko scaffold (Bemis & Murcko 1996) as canonical SMILES without stereo marks.
  ///
  /// Rings and the chains between them, with exocyclic double bonds, as `MurckoScaffoldSmiles`
  /// gives it. Empty where the molecule has no ring.
  public func scaffoldSMILES() throws(MoleculeError) -> String {
    try handle.scaffoldSMILES()
  }

  /// The structure after the steps of `standardizer`.
  public func standardized(by standardizer: Standardizer) throws(MoleculeError) -> Structure {
    Structure(try handle.standardized(by: standardizer))
  }

  /// The standard InChI, by the InChI library 1.03.
  ///
  /// - Throws: for dummy atoms, dative bonds and more than 1,023 atoms, which it has no form for.
  public func inchi() throws(MoleculeError) -> String {
    try handle.inchi()
  }

  /// The 27 characters of the standard InChI's key.
  public func inchiKey() throws(MoleculeError) -> String {
    try handle.inchiKey()
  }
}
