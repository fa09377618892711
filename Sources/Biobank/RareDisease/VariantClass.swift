/// What a change of a coding sequence does to its protein, as far as its HGVS name tells.
///
/// Without the transcript's sequence a substitution can be missense, nonsense or silent, and is
/// told as `substitution`; everything else follows from the name (den Dunnen et al., HGVS
/// recommendations 2016).
public enum VariantClass: String, Codable, CaseIterable, Sendable {
  /// A change of length that is no multiple of three: the rest of the protein is lost.
  case frameshift
  /// The first or last two bases of an intron: the exon is misread.
  case splice
  /// The start codon.
  case startLost = "start-lost"
  /// Residues more or fewer, in frame.
  case inFrame = "in-frame"
  /// One base for another in the coding sequence.
  case substitution
  /// Deep in an intron, outside the coding sequence, or in another molecule than its messenger.
  case other

  /// Whether the product is certainly shortened or absent.
  public var isTruncating: Bool { self == .frameshift || self == .splice || self == .startLost }

  /// The class of a name such as `NM_002834.5:c.922A>G`; nil for no name that can be read.
  public init?(hgvs: String) {
    let name = hgvs.split(separator: ":").last.map(String.init) ?? ""
    let text = name.filter { !$0.isWhitespace }
    guard text.hasPrefix("c.") else {
      guard text.hasPrefix("n.") || text.hasPrefix("m.") || text.hasPrefix("g.") else { return nil }
      self = .other
      return
    }
    guard let change = CodingChange(text.dropFirst(2)) else { return nil }
    self = change.variantClass
  }
}

/// A name after `c.`, taken apart.
struct CodingChange {
  /// A place in the coding sequence: `93+1`, `-32-13`, `*45`.
  struct Place {
    /// The nearest base of an exon; below 0 before the start.
    var base: Int
    /// How far into the intron; 0 in an exon.
    var offset: Int
    /// Behind the stop codon.
    var isBehindStop: Bool
  }

  var first: Place
  var last: Place
  /// `>`, `del`, `dup`, `ins`, `delins`, `inv`.
  var operation: String
  var inserted: Int

  init?(_ text: Substring) {
    var rest = text
    guard let first = Self.place(&rest) else { return nil }
    self.first = first
    last = first
    if rest.first == "_" {
      rest = rest.dropFirst()
      guard let last = Self.place(&rest) else { return nil }
      self.last = last
    }
    let bases: Set<Character> = ["A", "C", "G", "T", "N"]
    if rest.prefix(while: bases.contains).count == 1, rest.dropFirst().first == ">" {
      operation = ">"
      inserted = 1
      return
    }
    guard let found = ["delins", "del", "dup", "ins", "inv"].first(where: rest.hasPrefix) else {
      return nil
    }
    operation = found
    rest = rest.dropFirst(found.count)
    let deleted = rest.prefix(while: bases.contains)
    rest = rest.dropFirst(deleted.count)
    if found == "del", rest.hasPrefix("ins") {
      operation = "delins"
      rest = rest.dropFirst(3)
      inserted = rest.prefix(while: bases.contains).count
    } else {
      inserted = deleted.count
    }
  }

  private static func place(_ text: inout Substring) -> Place? {
    var isBehindStop = false
    var sign = 1
    if text.first == "*" {
      isBehindStop = true
      text = text.dropFirst()
    } else if text.first == "-" {
      sign = -1
      text = text.dropFirst()
    }
    guard let base = number(&text) else { return nil }
    var offset = 0
    if let mark = text.first, mark == "+" || mark == "-" {
      text = text.dropFirst()
      guard let found = number(&text) else { return nil }
      offset = mark == "+" ? found : -found
    }
    return Place(base: sign * base, offset: offset, isBehindStop: isBehindStop)
  }

  private static func number(_ text: inout Substring) -> Int? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    text = text.dropFirst(digits.count)
    // No gene is as long as a thousand million bases; sums of places cannot overflow then.
    return digits.utf8.count <= 9 ? Int(digits) : nil
  }

  var variantClass: VariantClass {
    if first.isBehindStop || (first.base < 0 && last.base < 0) { return .other }
    let offsets = [first.offset, last.offset]
    let touchesSite = offsets.contains { (1...2).contains(abs($0)) }
    let reachesIntoExon = offsets.contains(0)
    if offsets.contains(where: { $0 != 0 }) {
      // From an exon into its intron, or across an exon: the site between them is gone.
      let crossesSite = reachesIntoExon && operation != ">" && operation != "ins"
      let spansExon = first.base != last.base
      return touchesSite || crossesSite || spansExon ? .splice : .other
    }
    if first.base <= 3 && last.base >= 1 && operation != "dup" && operation != "ins" {
      return .startLost
    }
    let length = last.base - first.base + 1
    switch operation {
    case ">", "inv": return .substitution
    case "del", "dup": return length % 3 == 0 ? .inFrame : .frameshift
    case "ins": return inserted > 0 && inserted % 3 == 0 ? .inFrame : .frameshift
    default:
      if length == inserted { return .substitution }
      return (length - inserted) % 3 == 0 ? .inFrame : .frameshift
    }
  }
}
