import Foundation
internal import Statistics

/// A scan at a glance: what a Manhattan and a quantile plot need, in memory that does not grow.
public struct ScanSummary: Sendable {
  /// A point of the Manhattan plot: the place along the genome from 0 to 1, and −log₁₀ p.
  public struct Point: Hashable, Sendable {
    /// The chromosome's number in the file's order.
    public let chromosome: Int
    /// The share of the genome before it.
    public let place: Double
    /// −log₁₀ p.
    public let minusLog10P: Double
  }

  /// Variants with an estimate.
  public private(set) var tested = 0
  /// Variants without, by reason.
  public private(set) var untested: [String: Int] = [:]
  /// The chromosomes.
  public let chromosomes: Chromosomes

  private let starts: [Int]
  private let length: Double
  private var cells = Set<Cell>()
  private var histogram = [Int](repeating: 0, count: Self.bins + 1)
  private var far: [Double] = []
  private var windows: [Window: VariantFinding] = [:]

  private struct Cell: Hashable {
    let chromosome: Int, column: Int, row: Int
  }

  private struct Window: Hashable {
    let chromosome: String, place: Int
  }

  /// Steps along the genome, and of −log₁₀ p: finer than a screen shows.
  private static let columns = 2000.0
  private static let rowHeight = 0.05
  /// The histogram of −log₁₀ p: from 0 to 20 in steps of 1/2000; what lies beyond is kept as it is.
  private static let bins = 40_000
  private static let perUnit = 2000.0
  /// Leads are this many base pairs apart, and at least this strong.
  public static let window = 500_000
  /// The least −log₁₀ p of a lead.
  public static let leadLimit = 5.0

  /// An empty summary.
  public init(_ chromosomes: Chromosomes) {
    self.chromosomes = chromosomes
    starts = chromosomes.starts
    length = Double(max(1, chromosomes.length))
  }

  /// Adds a finding.
  public mutating func add(_ finding: VariantFinding) {
    guard let estimate = finding.estimate else {
      untested[finding.note, default: 0] += 1
      return
    }
    tested += 1
    let log = estimate.minusLog10P
    let bin = Int(log * Self.perUnit)
    if bin < Self.bins { histogram[bin] += 1 } else { far.append(log) }
    guard let chromosome = chromosomes.place(of: finding.variant.chromosome) else { return }
    let position = max(0, finding.variant.position)
    let place = Double(starts[chromosome] + position) / length
    cells.insert(
      Cell(
        chromosome: chromosome, column: Int(place * Self.columns),
        row: Int(log / Self.rowHeight)))
    guard log >= Self.leadLimit else { return }
    let window = Window(
      chromosome: finding.variant.chromosome, place: position / Self.window)
    if windows[window]?.estimate.map({ $0.minusLog10P >= log }) ?? false { return }
    windows[window] = finding
  }

  /// The points of a Manhattan plot, one for each cell that holds a variant, in a fixed order.
  public var points: [Point] {
    cells.sorted { ($0.chromosome, $0.column, $0.row) < ($1.chromosome, $1.column, $1.row) }.map {
      Point(
        chromosome: $0.chromosome, place: (Double($0.column) + 0.5) / Self.columns,
        minusLog10P: (Double($0.row) + 0.5) * Self.rowHeight)
    }
  }

  /// The strongest variants, at least ``window`` base pairs apart, strongest first.
  ///
  /// By distance, not by linkage: two of them may be one signal.
  public var leads: [VariantFinding] {
    func log(_ finding: VariantFinding) -> Double { finding.estimate?.minusLog10P ?? 0 }
    let all = windows.values.sorted {
      (-log($0), $0.variant.chromosome, $0.variant.position, $0.variant.id)
        < (-log($1), $1.variant.chromosome, $1.variant.position, $1.variant.id)
    }
    var chosen: [VariantFinding] = []
    for finding in all {
      let isNear = chosen.contains { other in
        other.variant.chromosome == finding.variant.chromosome
          && abs(other.variant.position - finding.variant.position) < Self.window
      }
      if !isNear { chosen.append(finding) }
    }
    return chosen
  }

  /// Genomic control's λ: the median χ² over that of chance, .4549; nil where nothing was tested.
  ///
  /// About 1 when most variants do nothing; more where relatives or ancestry were not accounted for,
  /// or where very many variants do something (Devlin & Roeder 1999).
  public var lambda: Double? {
    guard tested > 0 else { return nil }
    func chiSquared(_ minusLog10P: Double) -> Double {
      let z = Normal.point(ofShare: pow(10, -minusLog10P) / 2)
      return z * z
    }
    return chiSquared(quantile(0.5)) / chiSquared(-log10(0.5))
  }

  /// −log₁₀ of the p below which this share of the p-values lies.
  func quantile(_ share: Double) -> Double {
    // The smallest p-values are the largest logarithms.
    let rank = share * Double(tested)
    var above = Double(far.count)
    if rank < above {
      let sorted = far.sorted(by: >)
      return sorted[min(sorted.count - 1, Int(rank))]
    }
    for bin in stride(from: Self.bins - 1, through: 0, by: -1) {
      let count = Double(histogram[bin])
      if count > 0, above + count >= rank {
        let inside = (rank - above) / count
        return (Double(bin + 1) - inside) / Self.perUnit
      }
      above += count
    }
    return 0
  }

  /// Expected and seen −log₁₀ p at evenly spaced places of the expected.
  public var quantiles: [(expected: Double, seen: Double)] {
    guard tested > 0 else { return [] }
    let most = log10(Double(tested) * 2)
    let steps = 200
    var found: [(expected: Double, seen: Double)] = []
    for step in 1...steps {
      let expected = most * Double(step) / Double(steps)
      let seen = quantile(pow(10, -expected))
      // The few smallest p-values span many steps each: one point is enough.
      if found.last?.seen != seen { found.append((expected, seen)) }
    }
    return found
  }
}
