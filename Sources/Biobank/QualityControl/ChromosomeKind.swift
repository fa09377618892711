/// What a chromosome means for counting alleles: how many copies a man and a woman have.
public enum ChromosomeKind: Int, CaseIterable, Hashable, Sendable {
  /// 1 to 22: two copies.
  case autosome
  /// One copy in men, two in women.
  case x
  /// One copy in men, none in women.
  case y
  /// The shared ends of X and Y, mitochondria, contigs: counted, and no more.
  case other

  /// Reads a name as PLINK writes it: `1`, `chr1`, `X` or `23`, `Y` or `24`.
  public init(name: String) {
    let text = name.uppercased()
    let bare = text.hasPrefix("CHR") ? String(text.dropFirst(3)) : text
    switch bare {
    case "X", "23": self = .x
    case "Y", "24": self = .y
    default: self = Int(bare).map { (1...22).contains($0) } ?? false ? .autosome : .other
    }
  }
}
