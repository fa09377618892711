import Foundation
import Molecules
import Records
import Testing

/// Expected values: RDKit 2022.09.3's own script `sascorer.py` on molecules of `references/chemistry`.
@Suite(
  "Synthetic accessibility",
  .enabled(if: FileManager.default.fileExists(atPath: SyntheticAccessibility.debianFile)))
struct SyntheticAccessibilityTests {
  static let expected: [(String, Double)] = [
    ("COc1ncc(C)cc1NC(=O)NCc1nncn1C1CC1", 2.5825134316284437),
    ("CN(C)c1ccc(/C=C2\\Oc3cc(OCc4ccc(F)cc4)ccc3C2=O)cc1", 2.206372428472106),
    ("O=C(C1Cc2[nH]cnc2C[NH+]1C1CCOCC1)N1CCC(Cc2ccccc2)CC1", 4.212851258374231),
    ("COc1ccc(C2CN(C)Cc3cc(OCCCN4CCCCC4)ccc32)cc1", 2.68066410103787),
    ("O", 5.868476923076923),
    ("*", 8.479573080261886),
    ("*c1ccccc1", 3.2450243557548486),
    ("[Na+].[Cl-]", 8.485507008507629),
    ("[2H]C([2H])([2H])c1ccc(Cl)cc1", 3.7566549782070435),
    ("C1=CC=C[CH]1.C1=CC=C[CH]1.[Fe]", 3.8987342084453367),
    ("C1CC/C=C/CCC1", 2.1761621764687664),
    ("Nc1ccn([C@@H]2O[C@H](CO)[C@@H](O)[C@H]2O)c(=O)n1", 3.548894614600127),
    ("CCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCC", 1.2245043724532092),
  ]

  @Test func `the scores are those of RDKit's script`() throws {
    let model = try SyntheticAccessibility(contentsOf: SyntheticAccessibility.debianFile)
    #expect(model.fragmentCount == 705_292)
    for (smiles, expected) in Self.expected {
      let found = try Structure(parsing: smiles).syntheticAccessibility(using: model)
      #expect(abs(found - expected) < 1e-9, "\(smiles): \(found)")
    }
  }

  @Test func `another file is refused`() throws {
    #expect(throws: RecordError.self) { try SyntheticAccessibility(contentsOf: "/dev/null") }
    #expect(throws: RecordError.self) { try SyntheticAccessibility(contentsOf: "/nowhere") }
  }
}
