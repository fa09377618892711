import Screening

/// How tables and charts show a property.
extension CompoundProperty {
  /// The short name that heads a column, also in files.
  var name: String { rawValue }

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
}
