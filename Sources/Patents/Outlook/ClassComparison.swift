import Statistics

/// Which classes and pairs of classes have a larger share of some documents than of others.
///
/// The others may be those of earlier years (emergence) or of another corpus (contrast). A class is
/// tested by Fisher's exact test to one side, which holds whatever the classes' sizes and however many
/// a document has: shuffling the documents between the two sides is exactly its null hypothesis.
public struct ClassComparison: Sendable {
  /// One class, or a pair of classes on one document.
  public struct Finding: Hashable, Sendable {
    /// The class, or both.
    public let classes: [String]
    /// Documents of the two sides that have it.
    public let count: Int, otherCount: Int
    /// Their shares.
    public let share: Double, otherShare: Double
    /// How much more often a pair stands together on this side than its classes' shares alone would
    /// have it; nil for a single class.
    public let lift: Double?
    /// The chance of such a rise; for a pair the larger of the chances within either class, so that a
    /// pair does not rise because a class does.
    public let pValue: Double
    /// The least rate of false discoveries at which it is found.
    public internal(set) var qValue: Double
    /// The share over the other share, with half a document added to each count.
    public let ratio: Double
  }

  /// Documents of the two sides.
  public let documents: Int, otherDocuments: Int
  /// The classes that were tested, the smallest p first; then by name.
  public let classes: [Finding]
  /// The pairs that were tested, likewise.
  public let pairs: [Finding]

  /// The fewest documents, of both sides together, at which a class or pair is tested.
  ///
  /// It does not look at how they are spread over the sides, so it favours no result.
  public static let leastDocuments = 10
  /// Classes whose pairs are counted, the most frequent; without a bound memory grows by their square.
  public static let mostPaired = 1_000

  /// Compares documents for which `side` is true with those for which it is false; nil takes no part.
  public init(_ corpus: ClassCorpus, countsPairs: Bool = true, side: [Bool?]) {
    precondition(side.count == corpus.documents.count, "a side for every document")
    var counts = [SideCount](repeating: SideCount(), count: corpus.classes.count)
    var all = SideCount()
    for (document, side) in zip(corpus.documents, side) {
      guard let side else { continue }
      all.add(side)
      for place in document.classes { counts[place].add(side) }
    }
    documents = all.here
    otherDocuments = all.there
    let tested = counts.indices.filter { counts[$0].total >= Self.leastDocuments }
    classes = Self.ranked(
      tested.map { place in
        Self.finding([corpus.classes[place]], counts[place], within: [all], of: all, lift: nil)
      })
    guard countsPairs else {
      pairs = []
      return
    }
    let paired = Set(
      tested.sorted { (counts[$0].total, $1) > (counts[$1].total, $0) }.prefix(Self.mostPaired))
    var together: [Pair: SideCount] = [:]
    for (document, side) in zip(corpus.documents, side) {
      guard let side else { continue }
      let own = document.classes.filter(paired.contains)
      for (index, one) in own.enumerated() {
        for other in own[(index + 1)...] {
          together[Pair(one: one, other: other), default: SideCount()].add(side)
        }
      }
    }
    pairs = Self.ranked(
      together.filter { $0.value.total >= Self.leastDocuments }.map { pair, count in
        let (one, other) = (counts[pair.one], counts[pair.other])
        let expected = Double(one.here) * Double(other.here) / Double(max(all.here, 1))
        return Self.finding(
          [corpus.classes[pair.one], corpus.classes[pair.other]], count, within: [one, other],
          of: all, lift: expected > 0 ? Double(count.here) / expected : nil)
      })
  }

  private struct SideCount {
    var here = 0
    var there = 0
    var total: Int { here + there }

    mutating func add(_ side: Bool) {
      if side { here += 1 } else { there += 1 }
    }
  }

  private struct Pair: Hashable {
    let one: Int
    let other: Int
  }

  private static func finding(
    _ names: [String], _ count: SideCount, within: [SideCount], of all: SideCount, lift: Double?
  ) -> Finding {
    let p =
      within.map {
        Hypergeometric.share(from: count.here, drawn: $0.here, marked: count.total, of: $0.total)
      }.max() ?? 1
    return Finding(
      classes: names, count: count.here, otherCount: count.there,
      share: Double(count.here) / Double(max(all.here, 1)),
      otherShare: Double(count.there) / Double(max(all.there, 1)), lift: lift, pValue: p,
      qValue: 1,
      ratio: (Double(count.here) + 0.5) / (Double(count.there) + 0.5)
        * Double(max(all.there, 1)) / Double(max(all.here, 1)))
  }

  private static func ranked(_ findings: [Finding]) -> [Finding] {
    var findings = findings
    for (place, q) in BenjaminiHochberg.qValues(findings.map(\.pValue)).enumerated() {
      findings[place].qValue = q
    }
    return findings.sorted { one, other in
      if one.pValue != other.pValue { return one.pValue < other.pValue }
      if one.count != other.count { return one.count > other.count }
      return one.classes.lexicographicallyPrecedes(other.classes)
    }
  }
}
