/// The properties of a compound that a chemist filters and judges by.
public struct CompoundProperties: Hashable, Codable, Sendable {
  /// Average molecular weight, g/mol.
  public let molecularWeight: Double
  /// Wildman–Crippen logP, dimensionless.
  public let logP: Double
  /// Topological polar surface area, Å².
  public let polarSurfaceArea: Double
  /// Hydrogen-bond donors.
  public let donors: Int
  /// Hydrogen-bond acceptors.
  public let acceptors: Int
  /// Rotatable bonds.
  public let rotatableBonds: Int
  /// Quantitative estimate of drug-likeness, 0 to 1 (Bickerton 2012).
  public let drugLikeness: Double

  /// Creates the properties.
  public init(
    molecularWeight: Double, logP: Double, polarSurfaceArea: Double, donors: Int, acceptors: Int,
    rotatableBonds: Int, drugLikeness: Double
  ) {
    self.molecularWeight = molecularWeight
    self.logP = logP
    self.polarSurfaceArea = polarSurfaceArea
    self.donors = donors
    self.acceptors = acceptors
    self.rotatableBonds = rotatableBonds
    self.drugLikeness = drugLikeness
  }
}
