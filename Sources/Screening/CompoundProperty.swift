public import Entities

/// A property that can be filtered by, named as in the tables.
public enum CompoundProperty: String, Codable, CaseIterable, CodingKeyRepresentable, Sendable {
  /// Molecular weight, g/mol.
  case molecularWeight = "MW"
  /// Wildman–Crippen logP.
  case logP
  /// Topological polar surface area, Å².
  case polarSurfaceArea = "TPSA"
  /// Hydrogen-bond donors.
  case donors = "HBD"
  /// Hydrogen-bond acceptors.
  case acceptors = "HBA"
  /// Rotatable bonds.
  case rotatableBonds = "RotB"
  /// Drug-likeness, 0 to 1.
  case drugLikeness = "QED"

  /// The unit, or an empty text for a count or a dimensionless number.
  public var unit: String {
    switch self {
    case .molecularWeight: "g/mol"
    case .polarSurfaceArea: "Å²"
    default: ""
    }
  }

  /// The property's value of a compound.
  public func value(of properties: CompoundProperties) -> Double {
    switch self {
    case .molecularWeight: properties.molecularWeight
    case .logP: properties.logP
    case .polarSurfaceArea: properties.polarSurfaceArea
    case .donors: Double(properties.donors)
    case .acceptors: Double(properties.acceptors)
    case .rotatableBonds: Double(properties.rotatableBonds)
    case .drugLikeness: properties.drugLikeness
    }
  }
}
