/// What rows say of a likelihood at one place: its value, its slope and its curvature, in sums.
///
/// Sums over parts of the rows add up to the sum over all, so a fit over hospitals that never show a
/// row is the fit over their pooled rows: each answers with one of these a round, and
/// ``NewtonSolver`` steps. For Cox's model the parts must not share a stratum. Size: 2 + p + p(p+1)/2
/// numbers for p coefficients.
public struct NewtonAggregate: Codable, Hashable, Sendable {
  /// The log likelihood.
  public let logLikelihood: Double
  /// Its first derivatives, the score.
  ///
  /// Shape `[p]`.
  public let gradient: [Double]
  /// Minus its second derivatives, the observed information.
  ///
  /// The lower triangle row by row. Shape `[p(p+1)/2]`, element (i, j ≤ i) at i(i+1)/2 + j.
  public let information: [Double]
  /// How many rows were summed.
  public let rows: Int

  /// How many coefficients there are.
  public var order: Int { gradient.count }

  /// Wraps sums; nil where the shapes do not belong together, rows are negative, or a number is not
  /// finite, as a stranger's answer may be.
  public init?(logLikelihood: Double, gradient: [Double], information: [Double], rows: Int) {
    guard information.count == gradient.count * (gradient.count + 1) / 2, rows >= 0,
      logLikelihood.isFinite, gradient.allSatisfy(\.isFinite), information.allSatisfy(\.isFinite)
    else { return nil }
    self.logLikelihood = logLikelihood
    self.gradient = gradient
    self.information = information
    self.rows = rows
  }

  /// Reads sums and checks their shapes.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    let read = Self(
      logLikelihood: try fields.decode(Double.self, forKey: .logLikelihood),
      gradient: try fields.decode([Double].self, forKey: .gradient),
      information: try fields.decode([Double].self, forKey: .information),
      rows: try fields.decode(Int.self, forKey: .rows))
    guard let read else {
      throw DecodingError.dataCorruptedError(
        forKey: .information, in: fields, debugDescription: "sums of shapes that do not fit")
    }
    self = read
  }

  /// The sums over no rows, for `order` coefficients.
  public static func none(order: Int) -> NewtonAggregate {
    NewtonAggregate(
      unchecked: 0, [Double](repeating: 0, count: order),
      [Double](repeating: 0, count: order * (order + 1) / 2), 0)
  }

  init(unchecked value: Double, _ gradient: [Double], _ information: [Double], _ rows: Int) {
    logLikelihood = value
    self.gradient = gradient
    self.information = information
    self.rows = rows
  }

  /// The information of a pair of coefficients.
  public func information(_ one: Int, _ other: Int) -> Double {
    let (row, column) = (max(one, other), min(one, other))
    return information[row * (row + 1) / 2 + column]
  }

  /// The sums over the rows of both.
  public static func + (one: NewtonAggregate, other: NewtonAggregate) -> NewtonAggregate {
    precondition(one.order == other.order, "\(one.order) coefficients and \(other.order)")
    return NewtonAggregate(
      unchecked: one.logLikelihood + other.logLikelihood,
      zip(one.gradient, other.gradient).map(+), zip(one.information, other.information).map(+),
      one.rows + other.rows)
  }

  /// Whether every sum is a finite number.
  var isFinite: Bool {
    logLikelihood.isFinite && gradient.allSatisfy(\.isFinite) && information.allSatisfy(\.isFinite)
  }
}
