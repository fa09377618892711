internal import CRDKit

extension MoleculeHandle {
  func graph() throws(MoleculeError) -> MolecularGraph {
    var atoms = [crdkit_graph_atom](repeating: crdkit_graph_atom(), count: atomCount)
    var bonds = [crdkit_graph_bond](
      repeating: crdkit_graph_bond(), count: unsafe Int(crdkit_bond_count(pointer)))
    try unsafe Toolkit.call { failure in
      unsafe crdkit_graph(pointer, &atoms, atoms.count, &bonds, bonds.count, failure)
    }
    return MolecularGraph(
      atoms: atoms.map(MolecularGraph.Atom.init), bonds: bonds.map(MolecularGraph.Bond.init))
  }
}

extension MolecularGraph.Atom {
  fileprivate init(_ atom: crdkit_graph_atom) {
    self.init(
      element: atom.element, mass: atom.mass, charge: atom.charge, degree: atom.degree,
      hydrogens: atom.hydrogens, chirality: .init(rawValue: atom.chirality) ?? .higher,
      hybridization: .init(rawValue: atom.hybridization) ?? .other,
      isAromatic: atom.is_aromatic != 0)
  }
}

extension MolecularGraph.Bond {
  fileprivate init(_ bond: crdkit_graph_bond) {
    self.init(
      Int(bond.begin), Int(bond.end), .init(rawValue: bond.kind) ?? .other,
      stereo: .init(rawValue: bond.stereo) ?? .other, isConjugated: bond.is_conjugated != 0,
      isInRing: bond.is_in_ring != 0)
  }
}
