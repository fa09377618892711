/// The chromosomes of a file in its order, laid side by side.
public struct Chromosomes: Hashable, Sendable {
  /// A chromosome and its last position in base pairs.
  public struct Stretch: Hashable, Sendable {
    /// Its name, as the file writes it.
    public let name: String
    /// The position of its last variant.
    public var last: Int
  }

  /// The chromosomes.
  public private(set) var stretches: [Stretch] = []
  private var places: [String: Int] = [:]

  mutating func add(_ variant: PlinkFiles.Variant) {
    if let place = places[variant.chromosome] {
      stretches[place].last = max(stretches[place].last, variant.position)
    } else {
      places[variant.chromosome] = stretches.count
      stretches.append(Stretch(name: variant.chromosome, last: max(1, variant.position)))
    }
  }

  /// The length of all, in base pairs.
  public var length: Int { stretches.reduce(0) { $0 + $1.last } }

  /// Where each chromosome starts, in the order of ``stretches``.
  public var starts: [Int] {
    var start = 0
    return stretches.map { stretch in
      defer { start += stretch.last }
      return start
    }
  }

  /// The number of a chromosome.
  public func place(of name: String) -> Int? { places[name] }
}
