import Molecules
import Testing

/// Expected values: `references/chemistry`, made by Debian's RDKit 2022.09.3.
@Suite("Fingerprints", .enabled(if: SharedData.isPresent))
struct FingerprintTests {
  static let algorithms: [(String, FingerprintAlgorithm)] = [
    ("morgan_r2_2048", .ecfp4),
    ("feature_morgan_r2_2048", .featureMorgan(radius: 2, bits: 2_048)),
    ("maccs_167", .maccs),
    ("atompair_2048", .atomPair(bits: 2_048)),
    ("torsion_2048", .topologicalTorsion(bits: 2_048)),
    ("rdkit_2048", .rdkitPath(bits: 2_048)),
  ]

  /// FPS text: byte 0 first, bit 0 the lowest of byte 0.
  private func hex(_ words: [UInt64], bits: Int) -> String {
    let digits = Array("0123456789abcdef")
    return (0..<(bits + 7) / 8).map { byte in
      let value = Int(words[byte / 8] >> UInt64(8 * (byte % 8)) & 255)
      return "\(digits[value >> 4])\(digits[value & 15])"
    }.joined()
  }

  @Test("every bit is RDKit's", arguments: algorithms)
  func bits(_ column: String, _ algorithm: FingerprintAlgorithm) throws {
    let expectations = try Expectation.all(
      column, in: "expected_rdkit_2022.09.3_fingerprints.csv.gz")
    #expect(expectations.count == 1_054)
    let different = try expectations.filter {
      let words = try Structure(parsing: $0.smiles).fingerprintWords(algorithm)
      return hex(words, bits: algorithm.bitCount) != $0.expected
    }
    #expect(different.map(\.id) == [])
  }

  @Test("every count is RDKit's", arguments: [true, false])
  func counts(isFolded: Bool) throws {
    let column = isFolded ? "morgan_r2_count_2048" : "morgan_r2_count_unfolded"
    let expectations = try Expectation.all(column, in: "expected_rdkit_2022.09.3_counts.csv.gz")
    let different = try expectations.filter {
      let structure = try Structure(parsing: $0.smiles)
      let counts =
        try isFolded ? structure.fingerprintCounts(.ecfp4) : structure.morganCounts(radius: 2)
      return counts.map { "\($0.0):\($0.1)" }.joined(separator: ";") != $0.expected
    }
    #expect(different.map(\.id) == [])
  }

  @Test func `every reduced graph is the newer RDKit's`() throws {
    let expectations = try Expectation.all("erg", in: "expected_rdkit_2026.09.1_counts.csv.gz")
    var worst = 0.0
    for molecule in expectations {
      var expected = [Double](repeating: 0, count: 315)
      for item in molecule.expected.split(separator: ";") {
        let parts = item.split(separator: ":")
        expected[try #require(Int(parts[0]))] = try #require(Double(parts[1]))
      }
      let found = try Structure(parsing: molecule.smiles).erg()
      worst = max(worst, zip(found, expected).map { abs($0 - $1) }.max() ?? .infinity)
    }
    #expect(worst <= 1e-9)
  }
}
