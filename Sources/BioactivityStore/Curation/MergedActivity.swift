/// What the measurements of one compound say together.
public struct MergedActivity: Hashable, Sendable {
  /// The median of the exact values, or the tightest bound.
  public let value: Double
  /// `equal`, or on which side of a bound the truth lies.
  public let relation: ActivityRelation
  /// How many measurements the value rests on.
  public let measurements: Int
  /// The standard deviation (n − 1) of the exact values; nil for fewer than two.
  public let spread: Double?
  /// Bounds that were put aside, because they contradict exact values.
  public let contradictedBounds: Int
}

/// Why the measurements of a compound say nothing together.
public enum ActivityConflict: Error, Hashable, Sendable, CustomStringConvertible {
  /// The exact values lie too far apart.
  case spread(Double, measurements: Int)
  /// One bound says stronger than, another weaker than, and nothing lies between.
  case bounds(above: Double, below: Double)
  /// The truth lies between two bounds, which one number with one sign cannot say.
  case interval(above: Double, below: Double)

  /// A short stable name, for counting.
  public var code: String {
    switch self {
    case .spread: "spread"
    case .bounds: "contradictory-bounds"
    case .interval: "interval"
    }
  }

  /// The reason in a line.
  public var description: String {
    switch self {
    case .spread(let deviation, let count):
      "\(count) measurements with a standard deviation of \(deviation.decimals(2)) log units"
    case .bounds(let above, let below):
      "one bound says above \(above.decimals(2)), another below \(below.decimals(2))"
    case .interval(let above, let below):
      "only known to lie between \(above.decimals(2)) and \(below.decimals(2))"
    }
  }
}

extension CurationRules {
  /// Merges the measurements of one compound, in any order.
  ///
  /// The same value reported again under the same reference counts once, and so does one that
  /// several patents repeat, since families of patents print one table many times.
  public func merged(
    _ measurements: [ActivityMeasurement]
  ) throws(ActivityConflict) -> MergedActivity {
    precondition(!measurements.isEmpty, "nothing was measured")
    let distinct = Self.distinct(measurements)
    let exact = distinct.filter { [.equal, .about].contains($0.relation) }.map(\.value).sorted()
    // Of several bounds on one side the tightest says all the others say.
    let lower = distinct.filter { $0.relation == .above }.map(\.value)
    let upper = distinct.filter { $0.relation == .below }.map(\.value)
    guard !exact.isEmpty else { return try bound(lower, upper) }
    let spread = Self.deviation(exact)
    if let spread, spread > largestSpread {
      throw .spread(spread, measurements: exact.count)
    }
    let median = (exact[exact.count / 2] + exact[(exact.count - 1) / 2]) / 2
    let contradicted =
      lower.count { $0 > median + boundTolerance } + upper.count { $0 < median - boundTolerance }
    return MergedActivity(
      value: median, relation: .equal, measurements: exact.count, spread: spread,
      contradictedBounds: contradicted)
  }

  private func bound(
    _ lower: [Double], _ upper: [Double]
  ) throws(ActivityConflict) -> MergedActivity {
    if let above = lower.max(), let below = upper.min() {
      throw above >= below
        ? .bounds(above: above, below: below) : .interval(above: above, below: below)
    }
    let isLower = upper.isEmpty
    let values = isLower ? lower : upper
    let tightest = (isLower ? values.max() : values.min()) ?? values[0]
    return MergedActivity(
      value: tightest, relation: isLower ? .above : .below, measurements: values.count,
      spread: nil, contradictedBounds: 0)
  }

  private static func distinct(_ all: [ActivityMeasurement]) -> [ActivityMeasurement] {
    var seen: Set<ActivityMeasurement> = []
    return all.filter { measurement in
      var key = measurement
      // Patents are named by number, publications by DOI.
      if let reference = key.reference, isPatent(reference) { key.reference = "patent" }
      key.value = (key.value * 1e4).rounded()
      return seen.insert(key).inserted
    }
  }

  private static func isPatent(_ reference: String) -> Bool {
    reference.count > 5 && reference.prefix(2).allSatisfy { $0.isUppercase }
      && reference.dropFirst(2).prefix(4).allSatisfy(\.isNumber)
  }

  private static func deviation(_ values: [Double]) -> Double? {
    guard values.count > 1 else { return nil }
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(values.count - 1)).squareRoot()
  }
}
