import Testing

@testable import Molecules

/// Expected values: `references/chemistry`, made by Debian's RDKit 2022.09.3.
@Suite("Alerts", .enabled(if: SharedData.isPresent))
struct AlertTests {
  static let file = "expected_rdkit_2022.09.3_descriptors.csv"
  static let columns: [(String, AlertCatalog.Source)] = [
    ("PAINS", .pains), ("BRENK", .brenk), ("NIH", .nih),
  ]

  @Test("every alert is RDKit's", arguments: columns)
  func alerts(_ column: String, _ source: AlertCatalog.Source) throws {
    let catalog = AlertCatalog.named(source)
    let different = try Expectation.all(column, in: Self.file).filter {
      let found = try Structure(parsing: $0.smiles).alerts(in: catalog)
      return found.joined(separator: "|") != $0.expected
    }
    #expect(different.map(\.id) == [])
  }

  @Test("the fingerprint screen hides no alert", arguments: AlertCatalog.Source.allCases)
  func screen(_ source: AlertCatalog.Source) throws {
    let catalog = AlertCatalog.named(source)
    let smiles = try ReferenceTable("references/chemistry/input.csv").column("smiles")
    var found = 0
    for text in smiles.prefix(150) + smiles.suffix(60) {
      guard let structure = try? Structure(parsing: text) else { continue }
      let alerts = try structure.alerts(in: catalog)
      #expect(try structure.alertsWithoutScreen(in: catalog) == alerts, "\(text)")
      found += alerts.count
    }
    #expect(found > 0)
  }

  @Test func `drug-likeness agrees to 1e-9`() throws {
    var worst = 0.0
    for molecule in try Expectation.all("QED", in: Self.file) {
      let expected = try #require(Double(molecule.expected))
      worst = max(worst, abs(try Structure(parsing: molecule.smiles).qed() - expected))
    }
    #expect(worst <= 1e-9)
  }
}
