import Statistics

/// An answer that was taken, as the run's file keeps it.
enum SiteAnswer: Codable, Hashable, Sendable {
  case moments(persons: Int, [TermMoment])
  case newton(NewtonAggregate)
  case estimate(SiteEstimate)
  case noEstimate
  case table([UInt32?])
  case noisyTable([Int64])
  case masked([MaskedNumber])
}

/// A hospital's own estimate.
public struct SiteEstimate: Codable, Hashable, Sendable {
  /// The hospital.
  public let site: String
  /// Its persons, as it tells them.
  public let persons: Int
  /// Its coefficients.
  public let coefficients: [Double]
  /// Their covariance, the lower triangle row by row.
  public let covariance: [Double]

  /// The standard error of a coefficient.
  public func standardError(_ column: Int) -> Double {
    covariance[column * (column + 1) / 2 + column].squareRoot()
  }
}

/// Means and spreads of hospitals put together.
///
/// By the updating formulas of Chan, Golub & LeVeque, The American Statistician 1983.
struct MomentPool {
  private(set) var persons = 0.0
  private var means: [Double]
  private var squares: [Double]

  init(terms: Int) {
    means = [Double](repeating: 0, count: terms)
    squares = means
  }

  mutating func add(_ count: Int, _ moments: [TermMoment]) {
    guard count > 0 else { return }
    let (old, new) = (persons, Double(count))
    persons += new
    for (term, moment) in moments.enumerated() {
      let gap = moment.mean - means[term]
      means[term] += gap * new / persons
      squares[term] += moment.squares + gap * gap * old * new / persons
    }
  }

  /// Adds persons, Σx and Σx² of each term, summed over hospitals that show no sums of their own.
  mutating func add(sums: [Double]) {
    guard sums.count == 1 + 2 * means.count, sums[0] > 0 else { return }
    persons = sums[0]
    for term in means.indices {
      let (sum, square) = (sums[1 + 2 * term], sums[2 + 2 * term])
      means[term] = sum / persons
      squares[term] = max(0, square - sum * sum / persons)
    }
  }

  /// The place of the first term that does not vary.
  var constant: Int { squares.firstIndex { !($0 > 0) } ?? 0 }

  /// Mean and standard deviation (n − 1); nil where a term does not vary.
  var scalings: [Scaling]? {
    guard persons > 1 else { return nil }
    let scalings = zip(means, squares).map { mean, square in
      Scaling(centre: mean, scale: (square / (persons - 1)).squareRoot())
    }
    let found = scalings.compactMap { $0 }
    return found.count == scalings.count ? found : nil
  }
}
