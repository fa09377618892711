extension Structure {
  /// RDKit's canonical SMILES with stereo and isotopes: equal for equal molecules, however written.
  ///
  /// - Complexity: O(n log n) on molecules, more on highly symmetric cages.
  public func canonicalSMILES() throws(MoleculeError) -> String {
    try handle.canonicalSMILES()
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
}
