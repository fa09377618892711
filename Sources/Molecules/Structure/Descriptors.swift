/// Numbers of a molecule, equal to RDKit 2022.09.3's.
public struct Descriptors: Hashable, Codable, Sendable {
  /// Average molecular weight, g/mol.
  public let molWt: Double
  /// Monoisotopic mass, Da.
  public let exactMolWt: Double
  /// Octanol-water partition, log₁₀, by Wildman & Crippen 1999.
  public let logP: Double
  /// Molar refractivity by Wildman & Crippen 1999, cm³/mol.
  public let molarRefractivity: Double
  /// Topological polar surface area by Ertl 2000 (N and O only), Å².
  public let tpsa: Double
  /// Hydrogen-bond donors.
  public let donors: Int
  /// Hydrogen-bond acceptors.
  public let acceptors: Int
  /// Rotatable bonds, RDKit's strict definition.
  public let rotatableBonds: Int
  /// Share of the carbons that are sp³; 0 without carbon.
  public let fractionCSP3: Double
  /// Atoms that are no hydrogen.
  public let heavyAtoms: Int
  /// Rings of the smallest set.
  public let rings: Int
  /// Aromatic rings of the smallest set.
  public let aromaticRings: Int
  /// Tetrahedral stereocentres, specified or not.
  public let stereocentres: Int
  /// Approximate surface area by Labute 2000, Å².
  public let labuteASA: Double
  /// Sum of the formal charges, in units of the elementary charge.
  public let formalCharge: Int
  /// Molecular formula in Hill order, with the charge.
  public let formula: String
}

extension Structure {
  /// The descriptors of this molecule.
  public func descriptors() throws(MoleculeError) -> Descriptors {
    try handle.descriptors()
  }
}
