import Entities
public import Records
import Statistics

/// How much is filed about each target, beside others of its family, and where it goes.
public struct TargetCrowding: Sendable {
  /// Which way a target's share of all patents goes.
  public enum Trend: String, CaseIterable, Hashable, Sendable {
    /// It rises or falls beyond chance, or neither can be said.
    case rising, level, falling
    /// Too few years, or none filed.
    case unknown
  }

  /// One target.
  public struct Row: Hashable, Sendable {
    /// The target and its family; nil where none is known.
    public let target: String, family: String?
    /// Patents in the years looked at, a value a year, and of all years of the table.
    public let recent: [Double], total: Double
    /// The place among the targets of its family and among all, 0 (the least) to 100.
    public let percentileInFamily: Double?, percentile: Double
    /// How many targets its family has.
    public let familySize: Int?
    /// The trend of its share of all patents, with Mann and Kendall's p and its q over all targets.
    public let trend: Trend, pValue: Double?, qValue: Double?
  }

  /// The years looked at.
  public let years: ClosedRange<Int>
  /// The rows, the most crowded first.
  public let rows: [Row]
  /// What became of the rows of the counts.
  public let counted: OutlookRows

  /// The rate of false discoveries at which a trend is one.
  public static let level = 0.05
  /// Families smaller than this give no percentile: a place among few says little.
  public static let leastFamily = 10

  /// Compares targets.
  ///
  /// A target's share of a year's patents is what is tested, so that the growth of all patenting, and
  /// a year that is not complete yet, move nobody. Percentiles are mid-ranks of the window's sum;
  /// targets of a family without any patent count too.
  ///
  /// - Parameters:
  ///   - families: target to family, of all targets that could have patents; nil for none known.
  ///   - window: the last years looked at.
  public init(_ counts: YearlyCounts, families: [String: String]? = nil, window: Int = 10) {
    precondition(window >= 4, "fewer than four years have no trend")
    let end = counts.years.upperBound
    let years = max(counts.years.lowerBound, end - window + 1)...end
    let totals = counts.totals
    var recent: [String: [Double]] = [:]
    var sums: [String: Double] = [:]
    for one in counts.series {
      recent[one.name] = years.map { year in
        year < one.first ? 0 : one.values[year - one.first]
      }
      sums[one.name] = one.values.reduce(0, +)
    }
    let nothing = years.map { _ in 0.0 }
    let targets = Set(recent.keys).union(families?.keys.map { $0 } ?? []).sorted()
    let crowd = targets.map { (recent[$0] ?? nothing).reduce(0, +) }
    let ranks = Self.percentiles(crowd)
    var inFamily = [Double?](repeating: nil, count: targets.count)
    var size = [Int?](repeating: nil, count: targets.count)
    let places = Dictionary(grouping: targets.indices) { families?[targets[$0]] ?? "" }
    for (family, members) in places where !family.isEmpty {
      let ranked = Self.percentiles(members.map { crowd[$0] })
      for (member, rank) in zip(members, ranked) {
        size[member] = members.count
        if members.count >= Self.leastFamily { inFamily[member] = rank }
      }
    }
    let tests = targets.indices.map { place -> MannKendall? in
      guard years.count >= 4, crowd[place] > 0, let values = recent[targets[place]] else {
        return nil
      }
      return MannKendall(zip(years, values).map { $1 / max(totals[$0] ?? 0, 1) })
    }
    let tested = tests.compactMap { $0 }
    var qValues = BenjaminiHochberg.qValues(tested.map(\.pValue)).makeIterator()
    let rows = targets.indices.map { place -> Row in
      let test = tests[place]
      let q = test == nil ? nil : qValues.next()
      let family = families?[targets[place]].flatMap { $0.isEmpty ? nil : $0 }
      return Row(
        target: targets[place], family: family, recent: recent[targets[place]] ?? nothing,
        total: sums[targets[place]] ?? 0, percentileInFamily: inFamily[place],
        percentile: ranks[place], familySize: size[place],
        trend: test.map { Self.trend($0, q ?? 1) } ?? .unknown, pValue: test?.pValue, qValue: q)
    }
    self.years = years
    self.rows = rows.sorted { one, other in
      one.percentile != other.percentile
        ? one.percentile > other.percentile : one.target < other.target
    }
    counted = counts.rows
  }

  private static func trend(_ test: MannKendall, _ q: Double) -> Trend {
    q > level ? .level : test.score > 0 ? .rising : .falling
  }

  /// The mid-rank of each value, 0 to 100.
  private static func percentiles(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var percentiles = values
    var start = 0
    while start < order.count {
      var end = start
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      let rank = 100 * (Double(start) + Double(end - start) / 2) / Double(values.count)
      for place in order[start..<end] { percentiles[place] = rank }
      start = end
    }
    return percentiles
  }

  /// Reads target and family; a target named twice keeps its first family.
  public static func families(
    _ source: RecordSource, target: String? = nil, family: String? = nil
  ) throws -> [String: String] {
    let table = try OutlookTable(
      source,
      [
        .init(target, or: ["target", "uniprot", "name", "gene"]),
        .init(family, or: ["family", "protein_family"]),
      ])
    var families: [String: String] = [:]
    var rows = OutlookRows()
    try table.read(into: &rows) { fields in
      if fields[0].isEmpty { return .missingValue(column: "target") }
      if families[fields[0]] == nil { families[fields[0]] = fields[1] }
      return nil
    }
    return families
  }
}
