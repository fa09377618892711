import Molecules
import Testing

@Suite("Table of descriptors")
struct DescriptorTableTests {
  @Test(
    "each column has a name, and those that stand elsewhere too have the same number",
    arguments: ["CC(=O)Oc1ccccc1C(=O)O", "C[C@H](N)C(=O)O", "O=c1[nH]cnc2c1ncn2CCS(=O)(=O)N"])
  func columns(_ smiles: String) throws {
    let structure = try Structure(parsing: smiles)
    let table = try structure.descriptorTable()
    #expect(table.count == DescriptorTable.names.count)
    #expect(Set(DescriptorTable.names).count == table.count)
    #expect(!table.contains { !$0.isFinite })
    let known = try structure.descriptors()
    for (name, expected) in [
      ("exactmw", known.exactMolWt), ("amw", known.molWt), ("CrippenClogP", known.logP),
      ("tpsa", known.tpsa), ("labuteASA", known.labuteASA), ("NumRings", Double(known.rings)),
      ("NumHeavyAtoms", Double(known.heavyAtoms)), ("FractionCSP3", known.fractionCSP3),
    ] {
      let column = try #require(DescriptorTable.names.firstIndex(of: name))
      #expect(abs(table[column] - expected) < 1e-9, "\(name)")
    }
    // Shares of one surface sum to it.
    for family in ["SlogP_VSA", "SMR_VSA", "PEOE_VSA"] {
      let shares = zip(DescriptorTable.names, table).filter { $0.0.hasPrefix(family) }
      #expect(abs(shares.reduce(0) { $0 + $1.1 } - known.labuteASA) < 0.35 * known.labuteASA)
    }
  }

  @Test(
    "what cannot be computed is missing, and the rest is there",
    arguments: ["[Na+]", "C", "[H][H]", "*", "[Pt](Cl)(Cl)(N)N", "O.O"])
  func oddMolecules(_ smiles: String) throws {
    let table = try Structure(parsing: smiles).descriptorTable()
    #expect(table.count == DescriptorTable.names.count)
    #expect(table[1].isFinite)
  }
}
