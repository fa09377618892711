/// Molecules that stand in two parts of a split, or nearly do: what makes a test too easy.
public struct LeakAudit: Codable, Hashable, Sendable {
  /// A row of one part that is also in an earlier part.
  public struct Leak: Codable, Hashable, Sendable {
    /// The part that should be unseen.
    public let part: String
    /// Its row.
    public let row: Int
    /// The earlier part.
    public let seenIn: String
    /// The row there.
    public let seenRow: Int
    /// 1 for the same molecule, else the similarity.
    public let similarity: Double

    /// Creates a leak.
    public init(part: String, row: Int, seenIn: String, seenRow: Int, similarity: Double) {
      self.part = part
      self.row = row
      self.seenIn = seenIn
      self.seenRow = seenRow
      self.similarity = similarity
    }
  }

  /// Rows whose molecule also stands in an earlier part; the first such row is named.
  public private(set) var duplicates: [Leak] = []
  /// Rows with a near relative in an earlier part, duplicates left out; the nearest is named.
  public private(set) var nearDuplicates: [Leak] = []

  /// Whether nothing leaks.
  public var isClean: Bool { duplicates.isEmpty && nearDuplicates.isEmpty }

  /// Looks for leaks from train to validation and test, and from validation to test.
  /// - Parameters:
  ///   - identities: what makes two rows the same molecule, such as canonical SMILES.
  ///   - threshold: from which similarity on a relative is too near.
  ///   - nearest: the most similar of some rows to a row, with its similarity; nil finds only
  ///     duplicates.
  public init(
    _ split: Split, identities: [String], threshold: Double = 0.9,
    nearest: ((_ row: Int, _ among: [Int]) -> (row: Int, similarity: Double)?)? = nil
  ) {
    let parts = split.parts
    for later in 1..<parts.count {
      for earlier in 0..<later {
        let seen = Dictionary(
          parts[earlier].rows.map { (identities[$0], $0) }, uniquingKeysWith: { first, _ in first })
        for row in parts[later].rows {
          if let other = seen[identities[row]] {
            duplicates.append(
              Leak(
                part: parts[later].name, row: row, seenIn: parts[earlier].name, seenRow: other,
                similarity: 1))
          } else if let near = nearest?(row, parts[earlier].rows), near.similarity >= threshold {
            nearDuplicates.append(
              Leak(
                part: parts[later].name, row: row, seenIn: parts[earlier].name, seenRow: near.row,
                similarity: near.similarity))
          }
        }
      }
    }
  }
}
