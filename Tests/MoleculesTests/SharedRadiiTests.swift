import Molecules
import Testing

@Suite("Shared atoms")
struct SharedAtomTests {
  private func shared(_ smiles: String, with other: String) throws -> [Int] {
    let words = try Structure(parsing: other).fingerprintWords(.ecfp4)
    return try Structure(parsing: smiles).sharedRadii(with: words, .ecfp4)
  }

  @Test func `a molecule shares its widest surroundings with itself`() throws {
    let smiles = "CC(=O)Oc1ccccc1C(=O)O"
    #expect(try shared(smiles, with: smiles) == Array(repeating: 2, count: 13))
  }

  @Test func `what the other lacks is not shared`() throws {
    let radii = try shared("Cc1ccccc1", with: "Clc1ccccc1")
    #expect(radii == [0, 2, 2, 2, 2, 2, 2], "\(radii)")
    #expect(try shared("CCO", with: "c1ccncc1") == [0, 0, 0])
  }

  @Test func `single atoms do not count as shared`() throws {
    // Both have a methyl group, but on different neighbours.
    #expect(try shared("CN", with: "CO") == [0, 0])
  }

  @Test func `other fingerprints are refused`() throws {
    let structure = try Structure(parsing: "CCO")
    #expect(throws: MoleculeError.self) {
      try structure.sharedRadii(with: [0, 0, 0], .maccs)
    }
  }
}
