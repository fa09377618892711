public import Entities

/// How many compounds went into a screen, and what became of them.
public struct ScreenTally: Hashable, Sendable {
  /// Records read from the library.
  public var read: Int
  /// Compounds that were scored.
  public var scored: Int
  /// Refused records by reason, as sentences or filter names, with their number.
  public var refused: [RefusedCount]

  /// Creates a tally.
  public init(read: Int, scored: Int, refused: [RefusedCount]) {
    self.read = read
    self.scored = scored
    self.refused = refused
  }

  /// Counts the refused records by reason.
  ///
  /// A filter stands under its own words, all others under their code. The most frequent reason
  /// comes first, ties in the order of the text.
  public init(read: Int, scored: Int, counting refused: some Sequence<RefusedRecord>) {
    var counts: [String: Int] = [:]
    for record in refused {
      let reason = if case .filtered(let why) = record.reason { why } else { record.reason.code }
      counts[reason, default: 0] += 1
    }
    self.init(
      read: read, scored: scored,
      refused: counts.map { RefusedCount(reason: $0.key, count: $0.value) }
        .sorted { ($1.count, $0.reason) < ($0.count, $1.reason) })
  }
}

/// How many records were refused for one reason.
public struct RefusedCount: Hashable, Codable, Sendable {
  /// The reason, as a reader shall see it.
  public var reason: String
  /// The number of records.
  public var count: Int

  /// Creates a count.
  public init(reason: String, count: Int) {
    self.reason = reason
    self.count = count
  }
}
