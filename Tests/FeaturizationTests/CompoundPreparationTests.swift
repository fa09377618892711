import Entities
import Featurization
import Molecules
import Records
import TestSupport
import Testing

@Suite struct CompoundPreparationTests {
  /// The stored SMILES of a structure and its features.
  private func prepared(_ smiles: String) throws -> (smiles: String, row: FeatureRow) {
    let compound = try CompoundPreparation().compound(from: .smiles(smiles))
    return (compound.smiles, try FeatureRecipe.ecfp4.row(of: compound.structure))
  }

  private func expectOneCompound(_ raw: String, _ id: String) throws {
    let first = try prepared(raw)
    // A library stores the canonical SMILES; whoever reads it again must see the same compound.
    let second = try prepared(first.smiles)
    #expect(second.smiles == first.smiles, "\(id)")
    #expect(second.row == first.row, "\(id): standardised again")
    let read = try FeatureRecipe.ecfp4.row(of: try Structure(parsing: first.smiles))
    #expect(read == first.row, "\(id): only read again")
  }

  @Test func `made-up molecules have the same features raw and stored`() throws {
    for number in stride(from: 0, to: MadeUpCompounds.count, by: 5) {
      try expectOneCompound(MadeUpCompounds.smiles(number), "\(number)")
    }
  }

  @Test(
    "real molecules have the same features raw and stored",
    .enabled(if: SharedData.isPresent, "needs the shared reference data"))
  func realMolecules() throws {
    let reader = try CompoundReader(.file(SharedData.path("references/chemistry/input.csv")))
    var seen = 0
    while let record = try reader.next() {
      guard case .record(let record) = record, case .smiles(let smiles) = record.structure,
        (try? CompoundPreparation().compound(from: record.structure)) != nil
      else { continue }
      seen += 1
      try expectOneCompound(smiles, record.id)
    }
    #expect(seen >= 1_000)
  }

  @Test func `salts, charges and the order of atoms leave the same compound`() throws {
    let acid = try prepared("CC(=O)Oc1ccccc1C(=O)O")
    for other in ["[Na+].[O-]C(=O)c1ccccc1OC(C)=O", "OC(=O)c1ccccc1OC(C)=O"] {
      #expect(try prepared(other).smiles == acid.smiles)
      #expect(try prepared(other).row == acid.row)
    }
  }

  @Test func `what cannot be used is refused with a reason`() throws {
    for (smiles, code) in [
      ("C1CC", "unreadable"), ("CC(C)(C)(C)C", "unreadable"), ("", "empty"),
      (String(repeating: "C", count: 60_000), "too-long"),
      (String(repeating: "C", count: 2_000), "too-large"),
    ] {
      #expect {
        _ = try CompoundPreparation().compound(from: .smiles(smiles)).smiles
      } throws: { ($0 as? Refusal)?.code == code }
    }
    #expect(throws: Refusal.self) {
      _ = try CompoundPreparation().compound(from: .molBlock("no mol block")).smiles
    }
  }
}
