import Molecules
import Testing

/// Expected values: InChI 1.07.3 by RDKit 2026.09.1; ours come from InChI 1.03.
@Suite("InChI", .enabled(if: SharedData.isPresent))
struct InChITests {
  static let file = "expected_rdkit_2026.09.1_identity.csv"

  /// What our library answers otherwise than the newer one, and why.
  static let knownDifferences: Set<String> = []

  @Test func `every InChIKey but the explained ones is the newer RDKit's`() throws {
    let expectations = try Expectation.all("inchikey", in: Self.file)
    var different: Set<String> = []
    for molecule in expectations {
      let found = (try? Structure(parsing: molecule.smiles).inchiKey()) ?? ""
      if found != molecule.expected { different.insert(molecule.id) }
    }
    #expect(different == Self.knownDifferences)
    #expect(Double(different.count) <= 0.001 * Double(expectations.count))
  }

  @Test func `every InChI but the explained ones is the newer RDKit's`() throws {
    let expectations = try Expectation.all("inchi", in: Self.file)
    var different: [String] = []
    for molecule in expectations where !Self.knownDifferences.contains(molecule.id) {
      let found = (try? Structure(parsing: molecule.smiles).inchi()) ?? ""
      if found != molecule.expected { different.append("\(molecule.id) \(found)") }
    }
    #expect(different == [])
  }

  @Test(
    "what InChI has no form for is refused",
    arguments: ["*c1ccccc1", "N->[Pt](<-N)(Cl)Cl", String(repeating: "C", count: 1_024)])
  func refused(_ smiles: String) throws {
    let structure = try Structure(parsing: smiles)
    #expect(throws: MoleculeError.self) { try structure.inchi() }
  }
}
