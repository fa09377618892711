/// A stretch of a chromosome, as `19:11000000-11200000` is written.
public struct GenomeRegion: Hashable, Sendable {
  /// The chromosome, as the genotypes name it.
  public let chromosome: String
  /// The first and the last position, in base pairs.
  public let first: Int, last: Int

  /// Reads a region; nil where the text is none.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, !parts[0].isEmpty else { return nil }
    let ends = parts[1].split(separator: "-", omittingEmptySubsequences: false).map {
      Int($0.filter { $0 != "," })
    }
    guard ends.count == 2, let first = ends[0], let last = ends[1], first >= 0, first <= last else {
      return nil
    }
    (chromosome, self.first, self.last) = (parts[0], first, last)
  }

  /// Whether a variant lies in it.
  public func holds(_ variant: PlinkFiles.Variant) -> Bool {
    variant.chromosome == chromosome && (first...last).contains(variant.position)
  }
}
