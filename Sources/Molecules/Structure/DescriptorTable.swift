/// The columns of `Structure.descriptorTable()`.
public enum DescriptorTable {
  /// RDKit's names, in the order of the columns.
  public static let names: [String] =
    """
    exactmw amw lipinskiHBA lipinskiHBD NumRotatableBonds NumHBD NumHBA NumHeavyAtoms NumAtoms \
    NumHeteroatoms NumAmideBonds FractionCSP3 NumRings NumAromaticRings NumAliphaticRings \
    NumSaturatedRings NumHeterocycles NumAromaticHeterocycles NumSaturatedHeterocycles \
    NumAliphaticHeterocycles NumSpiroAtoms NumBridgeheadAtoms NumAtomStereoCenters \
    NumUnspecifiedAtomStereoCenters labuteASA tpsa CrippenClogP CrippenMR chi0v chi1v chi2v chi3v \
    chi4v chi0n chi1n chi2n chi3n chi4n hallKierAlpha kappa1 kappa2 kappa3 Phi
    """.split(whereSeparator: \.isWhitespace).map(String.init)
    + numbered("SlogP_VSA", 12) + numbered("SMR_VSA", 10) + numbered("PEOE_VSA", 14)
    + numbered("MQN", 42)
    + ["MWHI", "MWLOW", "CHGHI", "CHGLO", "LOGPHI", "LOGPLOW", "MRHI", "MRLOW"]
    .map { "BCUT2D_\($0)" }
    + numbered("ATSC", 48)

  private static func numbered(_ name: String, _ count: Int) -> [String] {
    (1...count).map { "\(name)\($0)" }
  }
}

extension Structure {
  /// The 177 numbers of the whole molecule that RDKit computes in C++; NaN for one it cannot.
  ///
  /// Counts, surfaces, connectivity and shape indices (Hall & Kier 1991), the surface shares of
  /// Labute 2000, molecular quantum numbers (Nguyen et al. 2009), eigenvalues of Burden's matrix
  /// and centred Moreau-Broto autocorrelations. Nothing here is scaled.
  public func descriptorTable() throws(MoleculeError) -> [Double] {
    try handle.descriptorTable()
  }
}
