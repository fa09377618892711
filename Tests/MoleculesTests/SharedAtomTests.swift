import Molecules
import Testing

@Suite("Shared atoms")
struct SharedAtomTests {
  private func shared(_ smiles: String, with other: String) throws -> [Int] {
    let words = try Structure(parsing: other).fingerprintWords(.ecfp4)
    return try Structure(parsing: smiles).atoms(sharedWith: words, .ecfp4)
  }

  @Test func `a molecule shares every atom with itself`() throws {
    let smiles = "CC(=O)Oc1ccccc1C(=O)O"
    #expect(try shared(smiles, with: smiles) == Array(0..<13))
  }

  @Test func `what the other lacks is not shared`() throws {
    // Toluene against chlorobenzene: the ring, but neither the methyl group nor what touches it.
    #expect(try shared("Cc1ccccc1", with: "Clc1ccccc1") == [1, 2, 3, 4, 5, 6])
    #expect(try shared("CCO", with: "c1ccncc1").isEmpty)
  }

  @Test func `single atoms do not count as shared`() throws {
    // Both have a methyl group, but on different neighbours.
    #expect(try shared("CN", with: "CO").isEmpty)
  }

  @Test func `other fingerprints are refused`() throws {
    let structure = try Structure(parsing: "CCO")
    #expect(throws: MoleculeError.self) {
      try structure.atoms(sharedWith: [0, 0, 0], .maccs)
    }
  }
}
