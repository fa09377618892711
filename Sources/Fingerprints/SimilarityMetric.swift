/// How the numbers of set and common bits become a similarity between 0 and 1.
///
/// With a bits in the query, b in the row and c in both. Two empty fingerprints, and every other
/// case without a denominator, have similarity 0: an empty fingerprint is no evidence of likeness.
/// chemfp and FPSim2 say 0 as well; RDKit says 1 for Tanimoto and 0 for Dice
/// and cosine. An empty query
/// is therefore found by no threshold above 0, and its nearest rows are the first ones.
public enum SimilarityMetric: Hashable, Sendable, Codable {
  /// c / (a + b − c), also called Jaccard.
  case tanimoto
  /// 2c / (a + b).
  case dice
  /// c / √(ab), also called Ochiai.
  case cosine
  /// c / (c + α(a − c) + β(b − c)); α and β finite and not negative (Tversky 1977).
  case tversky(alpha: Double, beta: Double)
  /// c / width (Russell & Rao 1940).
  ///
  /// A fingerprint is then like itself only as far as it is full. The width is not in the numbers of
  /// bits, so the metric carries it: it must be that of the fingerprints.
  case russellRao(bitCount: Int)

  /// The similarity of a query with `query` bits and a row with `row` bits, `common` in both.
  ///
  /// Equal ratios give equal numbers, and up to 8,192 bits unequal ratios give unequal numbers
  /// (not so for Tversky, whose weights are rounded themselves), so that ties are exact.
  @inlinable
  public func similarity(common: Int, query: Int, row: Int) -> Double {
    switch self {
    case .tanimoto:
      let union = query + row - common
      return union == 0 ? 0 : Double(common) / Double(union)
    case .dice:
      let sum = query + row
      return sum == 0 ? 0 : Double(2 * common) / Double(sum)
    case .cosine:
      // The root of one rounded ratio, and not a ratio by a rounded root: 1/√2 and 3/√18 are equal.
      let product = Double(query) * Double(row)
      let square = Double(common) * Double(common)
      return product == 0 ? 0 : (square / product).squareRoot()
    case .tversky(let alpha, let beta):
      let rest = alpha * Double(query - common) + beta * Double(row - common)
      return common == 0 ? 0 : Double(common) / (Double(common) + rest)
    case .russellRao(let bitCount):
      return bitCount <= 0 ? 0 : Double(common) / Double(bitCount)
    }
  }

  /// A number of common bits near the least that gives `similarity`; ``RowBound`` makes it exact.
  func estimatedCommon(similarity: Double, query: Int, row: Int) -> Double {
    switch self {
    case .tanimoto: similarity * Double(query + row) / (1 + similarity)
    case .dice: similarity * Double(query + row) / 2
    case .cosine: similarity * Double(query * row).squareRoot()
    case .tversky(let alpha, let beta):
      similarity * (alpha * Double(query) + beta * Double(row))
        / (1 - similarity + similarity * (alpha + beta))
    case .russellRao(let bitCount): similarity * Double(bitCount)
    }
  }

  /// Whether query and row can change places.
  var isSymmetric: Bool {
    if case .tversky(let alpha, let beta) = self { return alpha == beta }
    return true
  }

  /// Whether the metric's own numbers make sense.
  var isValid: Bool {
    switch self {
    case .tanimoto, .dice, .cosine: true
    case .tversky(let alpha, let beta):
      alpha.isFinite && beta.isFinite && alpha >= 0 && beta >= 0
    case .russellRao(let bitCount): bitCount > 0
    }
  }

  /// Whether the metric compares fingerprints of this width.
  func fits(bitCount: Int) -> Bool {
    if case .russellRao(let width) = self { return width == bitCount }
    return true
  }
}
