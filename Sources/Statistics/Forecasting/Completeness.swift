/// The share of a year's counts that is known already, by the year's age.
///
/// Patent applications are published 18 months after their priority, so the youngest years of a table
/// look like a fall. A count over its share is what that year will come to.
public struct Completeness: Codable, Hashable, Sendable {
  /// The share known of a year of age 0, 1, 2 … at the table's last year, 0 to 1.
  ///
  /// Of older years all is known.
  public let shares: [Double]

  /// Everything is known.
  public static let full = Completeness([])

  /// Takes shares from age 0 on.
  public init(_ shares: [Double]) {
    precondition(shares.allSatisfy { (0...1).contains($0) }, "a share is 0 to 1")
    self.shares = shares
  }

  /// What a fixed lag leaves, where filings come evenly over a year.
  ///
  /// - Parameters:
  ///   - months: the lag; 18 by Article 93 of the European Patent Convention, 35 U.S.C. 122(b).
  ///   - snapshot: months from the beginning of the table's last year to the day of the snapshot.
  public init(lag months: Double = 18, snapshot: Double = 12) {
    precondition(months >= 0 && snapshot >= 0, "months are not negative")
    var shares: [Double] = []
    while shares.last ?? 0 < 1, shares.count < 60 {
      let known = (snapshot + 12 * Double(shares.count) - months) / 12
      shares.append(min(max(known, 0), 1))
    }
    self.shares = shares
  }

  /// Learns shares from two snapshots of one table, as insurers develop late claims.
  ///
  /// The factor from age a to a + gap is the newer count over the older, of the same year; the share at
  /// a is one over the product of all factors from there on (chain ladder; Mack, ASTIN Bull. 1993,
  /// 23, 213). A factor below 1, a correction of the source, counts as 1.
  ///
  /// - Parameters:
  ///   - older, newer: counts by year, all series together.
  ///   - ages: how many ages may be incomplete.
  /// - Returns: nil where the newer table's last year is not later.
  public init?(older: [Int: Double], newer: [Int: Double], ages: Int = 6) {
    guard let before = older.keys.max(), let after = newer.keys.max(), after > before, ages > 0
    else { return nil }
    let gap = after - before
    var shares = [Double](repeating: 1, count: ages)
    for age in stride(from: ages - 1, through: 0, by: -1) {
      let year = before - age
      guard let old = older[year], let new = newer[year], old > 0 else { continue }
      let rest = age + gap < ages ? shares[age + gap] : 1
      shares[age] = rest / max(1, new / old)
    }
    self.shares = shares
  }

  /// The share known of a year, by how many years it lies before the last.
  public subscript(age age: Int) -> Double { age < shares.count ? shares[age] : 1 }

  /// The series with its youngest years made whole; years known by less than `least` are left out,
  /// since what little is known of them says little.
  public func corrected(_ values: [Double], least: Double = 0.5) -> [Double] {
    var whole: [Double] = []
    for (index, value) in values.enumerated() {
      let share = self[age: values.count - 1 - index]
      guard share >= least, share > 0 else { break }
      whole.append(value / share)
    }
    return whole
  }
}
