import Molecules
import Testing

/// Expected values: `references/chemistry`, made by Debian's RDKit 2022.09.3.
@Suite("Identity", .enabled(if: SharedData.isPresent))
struct IdentityTests {
  static let file = "expected_rdkit_2022.09.3_identity.csv"

  private func differences(
    _ column: String, _ compute: (borrowing Structure) throws -> String
  ) throws -> [String] {
    let expectations = try Expectation.all(column, in: Self.file)
    #expect(expectations.count == 1_054)
    return try expectations.compactMap { molecule in
      if molecule.expected == "SKIPPED" { return nil }
      let found = try compute(Structure(parsing: molecule.smiles))
      return found == molecule.expected
        ? nil : "\(molecule.id): \(found) instead of \(molecule.expected)"
    }
  }

  @Test func `every canonical SMILES is RDKit's`() throws {
    #expect(try differences("canonical_smiles") { try $0.canonicalSMILES } == [])
  }

  @Test func `every scaffold is RDKit's`() throws {
    #expect(try differences("murcko_scaffold") { try $0.scaffoldSMILES() } == [])
  }

  @Test func `every cleaned-up molecule is RDKit's`() throws {
    let cleanup = Standardizer(keepsLargestFragment: false, uncharges: false)
    #expect(
      try differences("cleanup_smiles") { try $0.standardized(by: cleanup).canonicalSMILES } == []
    )
  }

  @Test func `every largest fragment is RDKit's`() throws {
    let largest = Standardizer(cleansUp: false, uncharges: false)
    #expect(
      try differences("largest_fragment") { try $0.standardized(by: largest).canonicalSMILES }
        == [])
  }

  @Test func `every uncharged largest fragment is RDKit's`() throws {
    let uncharged = Standardizer(cleansUp: false)
    #expect(
      try differences("largest_fragment_uncharged") {
        try $0.standardized(by: uncharged).canonicalSMILES
      } == [])
  }

  @Test func `the default standard form is RDKit's charge parent`() throws {
    #expect(
      try differences("charge_parent") {
        try $0.standardized(by: .default).canonicalSMILES
      } == [])
  }

  @Test func `every canonical tautomer is RDKit's`() throws {
    let tautomer = Standardizer(
      cleansUp: false, keepsLargestFragment: false, uncharges: false,
      tautomers: .init(seconds: 60))
    #expect(
      try differences("canonical_tautomer") {
        try $0.standardized(by: tautomer).canonicalSMILES
      } == [])
  }
}
