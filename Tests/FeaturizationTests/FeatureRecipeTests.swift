import Entities
import Featurization
import Fingerprints
import Molecules
import Tensors
import TestSupport
import Testing

@Suite struct FeatureRecipeTests {
  private let smiles = "CC(=O)Nc1ccc(O)cc1"

  @Test func `a binary row has a one at each set bit of the fingerprint`() throws {
    for number in stride(from: 0, to: MadeUpCompounds.count, by: 31) {
      let structure = try Structure(parsing: MadeUpCompounds.smiles(number))
      let row = try FeatureRecipe.ecfp4.row(of: structure)
      let words = try structure.fingerprintWords(.ecfp4)
      let bits = Fingerprint(bitCount: 2_048, words: words).setBits
      #expect(row.columns.map(Int.init) == bits)
      #expect(row.values == bits.map { _ in 1 })
    }
  }

  @Test func `blocks stand side by side, each as wide as its fingerprint in whole words`() throws {
    let recipe = FeatureRecipe(blocks: [
      FeatureBlock(.maccs, .binary), FeatureBlock(.morgan(radius: 1, bits: 512), .binary),
    ])
    #expect(recipe.columns == 192 + 512)
    let structure = try Structure(parsing: smiles)
    let keys = Fingerprint(bitCount: 167, words: try structure.fingerprintWords(.maccs)).setBits
    let circles = Fingerprint(
      bitCount: 512, words: try structure.fingerprintWords(.morgan(radius: 1, bits: 512))
    ).setBits
    #expect(
      try recipe.row(of: structure).columns.map(Int.init) == keys + circles.map { $0 + 192 })
  }

  @Test func `a counted row holds the logarithm of one more than the count`() throws {
    let recipe = FeatureRecipe(blocks: [FeatureBlock(.ecfp4, .logCount)])
    // Ethane: two equal methyls, and the bond between them seen from both.
    let row = try recipe.row(of: try Structure(parsing: "CC"))
    let counts = try Structure(parsing: "CC").fingerprintCounts(.ecfp4)
    try #require(counts.contains { $0.1 == 2 })
    #expect(row.columns == counts.map { Int32($0.0) })
    for (value, count) in zip(row.values, counts) {
      #expect(abs(value - Float(count.1 == 2 ? 1.5849625 : 1)) < 1e-6)
    }
  }

  @Test func `only one binary block can be read off a stored fingerprint`() {
    #expect(FeatureRecipe.ecfp4.storedFingerprint == .ecfp4)
    let counted = FeatureRecipe(blocks: [FeatureBlock(.ecfp4, .logCount)])
    #expect(counted.storedFingerprint == nil)
    let two = FeatureRecipe(blocks: [FeatureBlock(.ecfp4, .binary), FeatureBlock(.maccs, .binary)])
    #expect(two.storedFingerprint == nil)
  }

  @Test func `a matrix has the rows in order, and values only where some are not one`() throws {
    let rows = try ["CCO", "C", "c1ccccc1"].map {
      try FeatureRecipe.ecfp4.row(of: try Structure(parsing: $0))
    }
    let matrix = FeatureRecipe.ecfp4.matrix(rows)
    #expect(matrix.rows == 3 && matrix.columns == 2_048)
    #expect(matrix.offsets.last == Int32(rows.reduce(0) { $0 + $1.columns.count }))
    #expect(matrix.indices == rows.flatMap(\.columns))
    #expect(matrix.values == nil)
    let counted = FeatureRecipe(blocks: [FeatureBlock(.ecfp4, .logCount)])
    #expect(counted.matrix([try counted.row(of: try Structure(parsing: "CC"))]).values != nil)
    #expect(FeatureRecipe.ecfp4.matrix([FeatureRow]()).rows == 0)
  }
}
