/// The false discovery rate when many hypotheses are tested at once.
public enum BenjaminiHochberg {
  /// The q-value of each p-value: the least rate of false discoveries at which it is one.
  ///
  /// Benjamini & Hochberg: Controlling the false discovery rate. J. R. Stat. Soc. B 1995, 57, 289.
  /// It holds for independent tests and for those that depend positively on one another.
  ///
  /// - Parameter family: how many hypotheses there are, those with p = 1 that nobody listed too; nil
  ///   where all are listed.
  /// - Complexity: O(n log n)
  public static func qValues(_ pValues: [Double], family: Int? = nil) -> [Double] {
    let size = Double(family ?? pValues.count)
    precondition(size >= Double(pValues.count), "a family holds all hypotheses that are listed")
    let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
    var q = pValues
    var least = 1.0
    for (rank, place) in order.enumerated().reversed() {
      least = min(least, pValues[place] * size / Double(rank + 1))
      q[place] = least
    }
    return q
  }
}
