internal import CRDKit

extension MoleculeHandle {
  func inchi() throws(MoleculeError) -> String {
    try unsafe Toolkit.text { text, failure in unsafe crdkit_inchi(pointer, text, failure) }
  }

  func inchiKey() throws(MoleculeError) -> String {
    let inchi = try inchi()
    return try unsafe Toolkit.text { text, failure in
      unsafe inchi.withCString { unsafe crdkit_inchi_key($0, text, failure) }
    }
  }

  func drawing(width: Int, height: Int, highlighting atoms: [Int]) throws(MoleculeError) -> String {
    let atoms = atoms.map(Int32.init(clamping:))
    return try unsafe Toolkit.text { text, failure in
      unsafe atoms.withUnsafeBufferPointer { buffer in
        unsafe crdkit_draw(
          pointer, UInt32(clamping: width), UInt32(clamping: height), buffer.baseAddress,
          buffer.count, text, failure)
      }
    }
  }

  func molBlock(title: String) throws(MoleculeError) -> String {
    try unsafe Toolkit.text { text, failure in
      unsafe title.withCString { unsafe crdkit_molblock(pointer, $0, text, failure) }
    }
  }

  func erg() throws(MoleculeError) -> [Double] {
    var values = [Double](repeating: 0, count: CRDKIT_ERG_SIZE)
    try unsafe Toolkit.call { failure in
      unsafe values.withUnsafeMutableBufferPointer { buffer in
        unsafe crdkit_erg(pointer, buffer.baseAddress, failure)
      }
    }
    return values
  }

  func descriptorTable() throws(MoleculeError) -> [Double] {
    var values = [Double](repeating: .nan, count: Int(CRDKIT_TABLE_SIZE))
    try unsafe Toolkit.call { failure in
      unsafe values.withUnsafeMutableBufferPointer { buffer in
        unsafe crdkit_describe_widely(pointer, buffer.baseAddress, failure)
      }
    }
    return values
  }

  func drugLikenessProperties() throws(MoleculeError) -> DrugLikeness.Properties {
    var values = crdkit_qed_properties()
    try unsafe Toolkit.call { failure in unsafe crdkit_qed(pointer, &values, failure) }
    return DrugLikeness.Properties(
      molWt: values.weight, logP: values.log_p, acceptors: values.acceptors, donors: values.donors,
      tpsa: values.tpsa, rotatableBonds: values.rotatable_bonds,
      aromaticRings: values.aromatic_rings, alerts: values.alerts)
  }

  func complexity() throws(MoleculeError) -> SyntheticAccessibility.Complexity {
    var values = crdkit_complexity()
    try unsafe Toolkit.call { failure in
      unsafe crdkit_measure_complexity(pointer, &values, failure)
    }
    return SyntheticAccessibility.Complexity(
      atoms: Double(values.atoms), stereocentres: Double(values.stereocentres),
      spiroAtoms: Double(values.spiro_atoms), bridgeheads: Double(values.bridgeheads),
      hasMacrocycle: values.macrocycles > 0)
  }
}
