import Entities

/// The properties that tables and charts show, in their order.
enum CompoundProperty: CaseIterable, Sendable {
  case molecularWeight, logP, polarSurfaceArea, donors, acceptors, rotatableBonds, drugLikeness

  /// The short name that heads a column, also in files.
  var name: String {
    switch self {
    case .molecularWeight: "MW"
    case .logP: "logP"
    case .polarSurfaceArea: "TPSA"
    case .donors: "HBD"
    case .acceptors: "HBA"
    case .rotatableBonds: "RotB"
    case .drugLikeness: "QED"
    }
  }

  /// The name in words, with its unit.
  var title: String {
    switch self {
    case .molecularWeight: "Molecular weight (g/mol)"
    case .logP: "logP (Wildman–Crippen)"
    case .polarSurfaceArea: "Polar surface area (Å²)"
    case .donors: "Hydrogen-bond donors"
    case .acceptors: "Hydrogen-bond acceptors"
    case .rotatableBonds: "Rotatable bonds"
    case .drugLikeness: "Drug-likeness (QED, 0 to 1)"
    }
  }

  /// How many decimals are worth showing.
  var decimals: Int {
    switch self {
    case .molecularWeight, .polarSurfaceArea: 1
    case .logP, .drugLikeness: 2
    case .donors, .acceptors, .rotatableBonds: 0
    }
  }

  /// Whether the property counts something.
  var isCount: Bool { decimals == 0 }

  /// The property of one compound.
  func value(_ compound: CompoundProperties) -> Double {
    switch self {
    case .molecularWeight: compound.molecularWeight
    case .logP: compound.logP
    case .polarSurfaceArea: compound.polarSurfaceArea
    case .donors: Double(compound.donors)
    case .acceptors: Double(compound.acceptors)
    case .rotatableBonds: Double(compound.rotatableBonds)
    case .drugLikeness: compound.drugLikeness
    }
  }
}
