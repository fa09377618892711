/// Genotypes as z = (g − 2p) / √(2p(1 − p)), block by block; p is the frequency among these people.
struct StandardisedGenotypes: Sendable {
  /// Variants of a block: fixed, so that the sums over blocks are.
  static let block = 512

  private let files: PlinkFiles
  /// Places of the variants; each varies among the people.
  let variants: [Int]
  /// The people's rows, in the order of their names.
  let rows: [Int]

  /// Variants by people, row after row; zero where missing, which is the mean.
  struct Block {
    /// How many variants.
    let count: Int
    /// The values.
    let values: [Double]
    /// The people whose genotype is missing, for each variant.
    let missing: [[Int]]
  }

  /// Chooses the variants that are frequent enough among the people.
  ///
  /// - Complexity: O(variants × people)
  init(_ files: PlinkFiles, variants: [Int], rows: [Int], frequency: Double) {
    self.files = files
    self.rows = rows
    var codes = [UInt8](repeating: 0, count: rows.count)
    self.variants = variants.filter { variant in
      files.read(variant, of: rows, into: &codes)
      guard let p = Self.frequency(codes) else { return false }
      return p > 0 && p < 1 && min(p, 1 - p) >= frequency
    }
  }

  /// How many blocks there are.
  var blocks: Int { (variants.count + Self.block - 1) / Self.block }

  /// Reads a block.
  func block(_ number: Int) -> Block {
    let chosen = variants[
      number * Self.block..<min((number + 1) * Self.block, variants.count)]
    var values = [Double](repeating: 0, count: chosen.count * rows.count)
    var place = 0
    var missing: [[Int]] = []
    var codes = [UInt8](repeating: 0, count: rows.count)
    for variant in chosen {
      files.read(variant, of: rows, into: &codes)
      let p = Self.frequency(codes) ?? 0.5
      let scale = 1 / (2 * p * (1 - p)).squareRoot()
      let byCode = [(2 - 2 * p) * scale, 0, (1 - 2 * p) * scale, -2 * p * scale]
      var absent: [Int] = []
      var person = 0
      while person < rows.count {
        let code = codes[person]
        if code == 1 { absent.append(person) }
        values[place] = byCode[Int(code)]
        place += 1
        person += 1
      }
      missing.append(absent)
    }
    return Block(count: chosen.count, values: values, missing: missing)
  }

  /// The counted allele's frequency; nil where nobody's genotype is known.
  private static func frequency(_ codes: [UInt8]) -> Double? {
    var byKind = [0, 0, 0, 0]
    var person = 0
    while person < codes.count {
      byKind[Int(codes[person])] += 1
      person += 1
    }
    let observed = 2 * (byKind[0] + byKind[2] + byKind[3])
    return observed == 0 ? nil : Double(2 * byKind[0] + byKind[2]) / Double(observed)
  }
}
