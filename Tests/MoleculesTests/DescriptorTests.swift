import Molecules
import Testing

/// Expected values: `references/chemistry`, made by Debian's RDKit 2022.09.3.
@Suite("Descriptors", .enabled(if: SharedData.isPresent))
struct DescriptorTests {
  static let file = "expected_rdkit_2022.09.3_descriptors.csv"

  @Test(
    "a real-valued descriptor agrees to 1e-9",
    arguments: [
      "MolWt", "ExactMolWt", "MolLogP", "MolMR", "TPSA", "FractionCSP3", "LabuteASA",
    ])
  func realValued(_ column: String) throws {
    var worst = 0.0
    for molecule in try Expectation.all(column, in: Self.file) {
      let values = try Structure(parsing: molecule.smiles).descriptors()
      let found: Double? =
        switch column {
        case "MolWt": values.molWt
        case "ExactMolWt": values.exactMolWt
        case "MolLogP": values.logP
        case "MolMR": values.molarRefractivity
        case "TPSA": values.tpsa
        case "FractionCSP3": values.fractionCSP3
        case "LabuteASA": values.labuteASA
        default: nil
        }
      let expected = try #require(Double(molecule.expected))
      worst = max(worst, abs(try #require(found) - expected) / max(1, abs(expected)))
    }
    #expect(worst <= 1e-9)
  }

  @Test(
    "a count is equal",
    arguments: [
      "HBD", "HBA", "RotB", "HeavyAtoms", "Rings", "AromaticRings", "Stereocentres",
      "FormalCharge", "Formula",
    ])
  func counted(_ column: String) throws {
    let different = try Expectation.all(column, in: Self.file).filter { molecule in
      let values = try Structure(parsing: molecule.smiles).descriptors()
      let found: String? =
        switch column {
        case "HBD": "\(values.donors)"
        case "HBA": "\(values.acceptors)"
        case "RotB": "\(values.rotatableBonds)"
        case "HeavyAtoms": "\(values.heavyAtoms)"
        case "Rings": "\(values.rings)"
        case "AromaticRings": "\(values.aromaticRings)"
        case "Stereocentres": "\(values.stereocentres)"
        case "FormalCharge": "\(values.formalCharge)"
        case "Formula": values.formula
        default: nil
        }
      return found != molecule.expected
    }
    #expect(different.map(\.id) == [])
  }
}
