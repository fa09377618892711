import Foundation

/// Draws without replacement: how many of those drawn are marked.
public enum Hypergeometric {
  /// The chance that `count` or more of `drawn` are marked, where `marked` of `total` are: Fisher's
  /// exact test to one side.
  ///
  /// - Complexity: O(min(drawn, marked) − count), ended when nothing more is added.
  public static func share(from count: Int, drawn: Int, marked: Int, of total: Int) -> Double {
    precondition(drawn >= 0 && marked >= 0 && drawn <= total && marked <= total, "parts of a total")
    let least = max(0, drawn + marked - total)
    let most = min(drawn, marked)
    if count <= least { return 1 }
    if count > most { return 0 }
    let logTerm =
      logChoose(marked, count) + logChoose(total - marked, drawn - count)
      - logChoose(total, drawn)
    // Terms relative to the first; where they rise at first, the sum still ends at `most`.
    var (term, sum) = (1.0, 1.0)
    for k in count..<most {
      let ratio =
        Double(marked - k) * Double(drawn - k)
        / (Double(k + 1) * Double(total - marked - drawn + k + 1))
      term *= ratio
      sum += term
      if ratio < 1, term < 1e-17 * sum { break }
    }
    return min(1, exp(logTerm + log(sum)))
  }

  private static func logChoose(_ n: Int, _ k: Int) -> Double {
    lgamma(Double(n) + 1) - lgamma(Double(k) + 1) - lgamma(Double(n - k) + 1)
  }
}
