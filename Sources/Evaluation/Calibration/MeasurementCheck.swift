public import Statistics

/// What new measurements say of a model that did not learn from them.
///
/// Three questions, each with its doubt: is it wrong on the whole (drift), do its 90 % intervals hold
/// nine of ten (coverage), and by how much would they have to be stretched if they do not.
public struct MeasurementCheck: Codable, Hashable, Sendable {
  /// One measured compound.
  public struct Row: Codable, Hashable, Sendable {
    /// The compound.
    public let id: String
    /// What was measured, in the endpoint's unit.
    public let measured: Double
    /// What had been predicted, with the ends of the 90 % interval.
    public let predicted, lower, upper: Double

    /// Creates a row.
    public init(id: String, measured: Double, predicted: Double, lower: Double, upper: Double) {
      self.id = id
      self.measured = measured
      self.predicted = predicted
      self.lower = lower
      self.upper = upper
    }

    /// Whether the measured value lies in the interval.
    public var isHeld: Bool { lower <= measured && measured <= upper }

    /// The error as a multiple of the half interval on its side.
    var reach: Double {
      let half = measured < predicted ? predicted - lower : upper - predicted
      let error = (measured - predicted).magnitude
      return error == 0 ? 0 : error / half
    }
  }

  /// Fewer measurements than these say nothing.
  public static let fewest = 10
  /// The share of measurements that intervals promise to hold.
  public static let promised = 0.9

  /// The measured compounds.
  public let rows: [Row]
  /// Rows of the table that were not compared, by reason.
  public let leftOut: [String: Int]

  /// Takes the rows.
  public init(rows: [Row], leftOut: [String: Int]) {
    self.rows = rows
    self.leftOut = leftOut
  }

  private var errors: [Double] { rows.map { $0.measured - $0.predicted } }

  /// The mean absolute error, in the endpoint's unit; nil without rows.
  public var meanAbsoluteError: Double? { Moments.mean(errors.map(\.magnitude)) }

  /// The mean of measured minus predicted; nil without rows.
  public var bias: Double? { Moments.mean(errors) }

  /// The 95 % interval of the bias, by Student's t; nil for fewer than two rows or equal errors.
  public var biasInterval: Interval? {
    guard let mean = bias, rows.count > 1 else { return nil }
    let n = Double(rows.count)
    guard let variance = Moments.sampleVariance(errors), variance > 0 else { return nil }
    let reach = StudentT.point(beyond: 0.05, degrees: n - 1) * (variance / n).squareRoot()
    return Interval(lower: mean - reach, upper: mean + reach, confidence: 0.95)
  }

  /// How often the intervals held.
  public var coverage: IntervalCoverage {
    IntervalCoverage(
      lower: rows.map(\.lower), upper: rows.map(\.upper), measured: rows.map(\.measured))
  }

  /// The factor by which intervals must be stretched to hold what they promise; nil where the
  /// measurements do not contradict them, or are too few.
  ///
  /// The conformal quantile of the errors in half intervals (Vovk, Gammerman and Shafer, Algorithmic
  /// learning in a random world, 2005): the ⌈0.9 (n + 1)⌉-th smallest.
  public var stretch: Double? {
    guard rows.count >= Self.fewest, let interval = coverage.interval,
      !(interval.lower...interval.upper).contains(Self.promised)
    else { return nil }
    let rank = Int((Self.promised * Double(rows.count + 1)).rounded(.up))
    guard rank <= rows.count else { return nil }
    return rows.map(\.reach).sorted()[rank - 1]
  }

  /// What follows, in sentences.
  ///
  /// - Parameter unit: the endpoint's unit; `1` for none.
  public func verdict(unit: String) -> [String] {
    guard rows.count >= Self.fewest else {
      return ["\(rows.count) new measurements are too few to judge the model by."]
    }
    var sentences: [String] = []
    if let bias, let interval = biasInterval, !(interval.lower...interval.upper).contains(0) {
      let unit = unit == "1" ? "" : " \(unit)"
      sentences.append(
        "What is measured is \(bias > 0 ? "higher" : "lower") than predicted by"
          + " \(Self.text(bias.magnitude))\(unit) on the whole: train again with these measurements."
      )
    }
    if let stretch, let share = coverage.share {
      let tooFew = share < Self.promised
      sentences.append(
        "The 90 % intervals hold \(Int((100 * share).rounded())) %: they are"
          + " \(tooFew ? "too narrow" : "wider than need be"); stretched by"
          + " \(Self.text(stretch)) they would hold what they promise.")
    }
    if sentences.isEmpty {
      sentences.append("The new measurements are as the model and its intervals said.")
    }
    return sentences
  }

  private static func text(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}
