import Molecules
import Testing

/// The reduced parse path of ``FingerprintParser`` against the full one of ``Structure``.
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
    ])
  func odd(_ path: String) throws {
    #expect(differences(try smiles(path, limit: 5_000)).different == [])
  }

  @Test func `both paths refuse the same damaged molecules for the same reason`() throws {
    // One character of each SMILES is dropped, doubled or replaced, at a place that walks along.
    let whole = try smiles("datasets/nasty_inputs/chembl-sample-3k.smi", limit: 3_000)
    let replacements = Array("cCnN()=#[]1+-@/%0.*$")
    let damaged = whole.enumerated().map { index, text in
      var characters = Array(text)
      let place = index * 7 % characters.count
      switch index % 3 {
      case 0: characters.remove(at: place)
      case 1: characters.insert(characters[place], at: place)
      default: characters[place] = replacements[index / 3 % replacements.count]
      }
      return String(characters)
    }
    let (different, refused) = differences(damaged)
    #expect(different == [])
    #expect(refused > 1_000, "only \(refused) of \(damaged.count) were refused")
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
