import Molecules
import Testing

/// The shorter parse paths of ``FingerprintParser`` against the full one of ``Structure``.
@Suite("Parse paths", .enabled(if: SharedData.isPresent))
struct ParsePathTests {
  private func outcome(
    _ body: () throws(MoleculeError) -> [UInt64]
  ) -> Result<[UInt64], MoleculeError> {
    do throws(MoleculeError) { return .success(try body()) } catch { return .failure(error) }
  }

  /// The SMILES whose bits, or whose reason of refusal, differ between the paths.
  private func differences(
    _ smiles: [String], _ algorithm: FingerprintAlgorithm = .ecfp4
  ) -> (different: [String], refused: Int) {
    let parser = FingerprintParser()
    var refused = 0
    let different = smiles.filter { text in
      let full = outcome { () throws(MoleculeError) in
        try Structure(parsing: text).fingerprintWords(algorithm)
      }
      if case .failure = full { refused += 1 }
      return full
        != outcome { () throws(MoleculeError) in try parser.words(of: text, algorithm) }
    }
    return (different, refused)
  }

  private func smiles(_ path: String, limit: Int) throws -> [String] {
    try SharedData.text(path).split(separator: "\n").dropFirst().prefix(limit).map {
      String($0.prefix { $0 != "," && $0 != " " && $0 != "\t" })
    }
  }

  @Test func `both paths agree on 25,000 library molecules`() throws {
    let moses = try smiles("datasets/library_moses/moses_test.csv.gz", limit: 25_000)
    let (different, refused) = differences(moses)
    #expect(moses.count == 25_000 && refused == 0)
    #expect(different == [])
  }

  @Test(
    "both paths agree on odd molecules",
    arguments: [
      "datasets/nasty_inputs/chembl-sample-3k.smi", "datasets/nasty_inputs/chembl-sample-bad.smi",
      "datasets/nasty_inputs/rdkit/first_5K.smi",
      "datasets/nasty_inputs/rdkit/canonSmiles.long.smi",
      "datasets/nasty_inputs/rdkit/1kPCS_metals.csv.gz",
      "datasets/nasty_inputs/rdkit/1kPCS_validate.csv.gz",
      "datasets/nasty_inputs/rdkit/rtecs_smiles.5000.txt",
      "datasets/library_natural_products/znp.50k.smi.gz",
      "datasets/activity_moleculeace/CHEMBL204_Ki.csv",
    ])
  func odd(_ path: String) throws {
    #expect(differences(try smiles(path, limit: 5_000)).different == [])
  }

  @Test func `both paths refuse the same damaged molecules for the same reason`() throws {
    // One character of each SMILES is dropped, doubled or replaced, at a place that walks along.
    let whole = try smiles("datasets/nasty_inputs/chembl-sample-3k.smi", limit: 3_000)
    let replacements = Array("cCnN()=#[]1+-@/%0.*$sSoOp")
    var damaged: [String] = []
    for (index, text) in whole.enumerated() {
      let characters = Array(text)
      let place = index * 7 % characters.count
      var dropped = characters
      dropped.remove(at: place)
      var doubled = characters
      doubled.insert(characters[place], at: place)
      var replaced = characters
      replaced[place] = replacements[index % replacements.count]
      damaged += [String(dropped), String(doubled), String(replaced)]
    }
    let (different, refused) = differences(damaged)
    #expect(different == [])
    #expect((2_000..<8_000).contains(refused), "\(refused) of \(damaged.count) were refused")
  }

  @Test(
    "both paths agree where aromaticity is hard",
    arguments: [
      // A triple bond in an aromatic ring is marked but keeps its type.
      "CCCc1cc2c(c(Br)c1O)C#CO2", "C1(=NC(C)=CC#C1)N2CCCCC2",
      // A lone aromatic atom takes its hydrogens late.
      "O=p1CN2C(=O)CCC2N1", "C1s=CC=CC=C1", "NC1=sNCC(=C2N=CNC2=NN1)N",
      // Azulene's and acepentalene's inner bonds, porphine, fullerene-like bowls, quinoid rings.
      "c1ccc2cccc2cc1", "C1=CC2=CC=C3C2=C1C=C3", "c1cc2cc3ccc(cc4ccc(cc5ccc(cc1n2)[nH]5)n4)[nH]3",
      "c1cc2ccc3ccc4ccc5ccc1c1c2c3c4c51", "O=C1C=CC(=O)C=C1", "O=c1cc(=O)c2ccccc2o1",
      "c1ccc2c(c1)-c1ccccc1C2", "c1ccc2c(c1)c1ccccc1C2", "C1=CC=CC=CC1", "[nH]1cccc1", "n1cccc1",
      "C[n+]1ccccc1", "[O-][n+]1ccccc1", "c1cc[nH+]cc1", "S=c1cc[nH]cc1", "O=S1(=O)C=CC=C1",
      "C1=CC=C[CH]1", "C1=CC=C[CH-]1", "C1CC2CCC1CC2", "C12C3C4C1C5C2C3C45", "OB1OCc2ccccc12",
    ])
  func aromaticity(_ smiles: String) {
    #expect(differences([smiles]).different == [])
  }

  @Test(
    "both paths agree for other radii and widths",
    arguments: [
      FingerprintAlgorithm.morgan(radius: 0, bits: 64), .morgan(radius: 1, bits: 1_024),
      .morgan(radius: 3, bits: 4_096), .morgan(radius: 2, bits: 1_000),
    ])
  func settings(_ algorithm: FingerprintAlgorithm) throws {
    let some = try smiles("datasets/nasty_inputs/chembl-sample-3k.smi", limit: 1_000)
    #expect(differences(some, algorithm).different == [])
  }
}
