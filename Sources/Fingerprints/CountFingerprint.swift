/// A fingerprint that counts its features: sparse, for any range of feature numbers.
public struct CountFingerprint: Hashable, Sendable {
  /// A feature and how often it occurs.
  public struct Entry: Hashable, Sendable {
    /// The feature's number.
    public let index: UInt32
    /// How often it occurs; at least 1.
    public let count: UInt32
  }

  /// The features that occur, ascending by index, each once.
  public let entries: [Entry]
  /// The sum of all counts.
  public let total: Int

  /// Takes (index, count) pairs in any order; counts of one index are added, zeros left out.
  ///
  /// - Complexity: O(n log n)
  public init(_ pairs: some Sequence<(UInt32, UInt32)>) {
    var entries: [Entry] = []
    for (index, count) in pairs.sorted(by: { $0.0 < $1.0 }) where count > 0 {
      if let last = entries.last, last.index == index {
        let (sum, overflow) = last.count.addingReportingOverflow(count)
        entries[entries.count - 1] = Entry(index: index, count: overflow ? .max : sum)
      } else {
        entries.append(Entry(index: index, count: count))
      }
    }
    self.entries = entries
    total = entries.reduce(0) { $0 + Int($1.count) }
  }

  /// Entries that are in order already.
  init(ascending entries: [Entry], total: Int) {
    self.entries = entries
    self.total = total
  }

  /// The sum over all features of the lesser count.
  ///
  /// - Complexity: O(entries of both)
  public func intersection(with other: CountFingerprint) -> Int {
    var common = 0
    var (mine, theirs) = (0, 0)
    while mine < entries.count, theirs < other.entries.count {
      let (left, right) = (entries[mine], other.entries[theirs])
      if left.index == right.index { common += Int(min(left.count, right.count)) }
      if left.index <= right.index { mine += 1 }
      if right.index <= left.index { theirs += 1 }
    }
    return common
  }

  /// The similarity of this fingerprint, as the query, to another one, where counts take the place
  /// of bits: Tanimoto is Σmin / (Σa + Σb − Σmin), as RDKit has it.
  public func similarity(
    to other: CountFingerprint, by metric: SimilarityMetric = .tanimoto
  ) -> Double {
    metric.similarity(
      common: intersection(with: other), query: total, row: other.total)
  }

  /// The same features numbered modulo `bits`, counts of those that meet added.
  public func folded(to bits: Int) -> CountFingerprint {
    precondition(bits > 0 && bits <= Int(UInt32.max), "\(bits) bits")
    return CountFingerprint(entries.map { ($0.index % UInt32(bits), $0.count) })
  }

  /// Which features occur at all, numbered modulo the width.
  public func binary(bitCount: Int) -> Fingerprint {
    Fingerprint(bitCount: bitCount, setBits: entries.map { Int($0.index) % bitCount })
  }
}
