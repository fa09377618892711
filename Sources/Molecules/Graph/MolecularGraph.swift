/// A molecule as plain facts about its atoms and bonds: what a message-passing network reads.
///
/// A value without RDKit behind it, some 12 bytes an atom and a bond, so that training can keep all
/// graphs of a data set in memory. Hydrogens are counted on their atoms, as the structure does.
public struct MolecularGraph: Hashable, Sendable {
  /// The atoms, in the structure's order.
  public let atoms: [Atom]
  /// The bonds, each once, in the structure's order.
  public let bonds: [Bond]

  /// Collects atoms and bonds; every bond joins two different atoms among them.
  public init(atoms: [Atom], bonds: [Bond]) {
    precondition(
      bonds.allSatisfy { bond in
        atoms.indices.contains(bond.begin) && atoms.indices.contains(bond.end)
          && bond.begin != bond.end
      }, "a bond that does not join two of \(atoms.count) atoms")
    self.atoms = atoms
    self.bonds = bonds
  }
}

extension Structure {
  /// The structure's graph.
  /// - Complexity: O(atoms + bonds)
  public var graph: MolecularGraph {
    get throws(MoleculeError) { try handle.graph() }
  }
}
