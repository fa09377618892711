extension Structure {
  /// A copy in which one atom is a dummy atom (`*`); bonds, rings and aromaticity stay.
  ///
  /// What a prediction loses by it is the atom's contribution (Sheridan 2019,
  /// 10.1021/acs.jcim.8b00825).
  /// - Parameter atom: counted from 0, in the order of the structure's atoms.
  public func masking(atom: Int) throws(MoleculeError) -> Structure {
    precondition((0..<atomCount).contains(atom), "atom \(atom) of \(atomCount)")
    return Structure(try handle.masking(atom: atom))
  }
}
