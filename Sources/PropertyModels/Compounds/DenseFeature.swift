public import Molecules

/// Numbers of which every compound has all, beside the sparse columns of its fingerprints.
public enum DenseFeature: String, CompoundFeature, Codable, CaseIterable {
  /// The extended reduced graph: 315 fuzzy counts of pairs of pharmacophore points at a distance
  /// (Stiefl et al. 2006).
  case reducedGraph = "erg"
  /// Fifteen numbers of the whole molecule, from its weight to its surface.
  case properties
  /// The 177 numbers of the whole molecule that RDKit computes (see `DescriptorTable`), each taken
  /// as its place in the training compounds' distribution.
  case descriptors

  /// How many numbers.
  public var columns: Int {
    switch self {
    case .reducedGraph: 315
    case .properties: 15
    case .descriptors: DescriptorTable.names.count
    }
  }

  /// Whether networks and kernels see places in a distribution instead of scaled numbers.
  var takesPlaces: Bool { self == .descriptors }

  /// Whether a zero says no more than an absent bit does.
  var zerosAreAbsent: Bool { self == .reducedGraph }

  /// The numbers of a structure.
  public func row(of structure: borrowing Structure) throws(MoleculeError) -> [Float] {
    switch self {
    case .reducedGraph: return try structure.erg().map { Float($0) }
    case .descriptors: return try structure.descriptorTable().map { Float($0) }
    case .properties:
      let d = try structure.descriptors()
      return [
        d.molWt, d.exactMolWt, d.logP, d.molarRefractivity, d.tpsa, Double(d.donors),
        Double(d.acceptors), Double(d.rotatableBonds), d.fractionCSP3, Double(d.heavyAtoms),
        Double(d.rings), Double(d.aromaticRings), Double(d.stereocentres), d.labuteASA,
        Double(d.formalCharge),
      ].map { Float($0) }
    }
  }
}
