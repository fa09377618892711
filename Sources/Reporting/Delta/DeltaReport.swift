public import Screening

/// What moved in a list of hits since the night before, and why: a plain value that the caller fills.
public struct DeltaReport: Sendable {
  /// What changed of one factor, in a sentence.
  public struct Cause: Sendable {
    /// The factor.
    public var factor: ChangeFactor
    /// What it was and what it is.
    public var sentence: String

    /// Describes a cause.
    public init(factor: ChangeFactor, sentence: String) {
      self.factor = factor
      self.sentence = sentence
    }
  }

  /// The headline.
  public var title: String
  /// The nights compared, such as "night 3 (2026-11-24) and night 4 (2026-11-25)".
  public var nights: String
  /// What is predicted.
  public var endpoint: ReportEndpoint
  /// What moved; nil where there was no night to compare with.
  public var comparison: ListComparison?
  /// What changed, factor by factor; empty where nothing did.
  public var causes: [Cause]
  /// What was measured since, held against what was predicted; nil where nothing was.
  public var assay: AssaySummary?
  /// The structures as SVG text, by the compound's id.
  public var drawings: [String: String]
  /// Rows scored for the first time, and rows whose scores were there.
  public var newRows, knownRows: Int
  /// What made this result.
  public var provenance: [Fact]

  /// Describes a report.
  public init(
    title: String, nights: String, endpoint: ReportEndpoint, comparison: ListComparison?,
    causes: [Cause], assay: AssaySummary? = nil, drawings: [String: String], newRows: Int,
    knownRows: Int, provenance: [Fact]
  ) {
    self.title = title
    self.nights = nights
    self.endpoint = endpoint
    self.comparison = comparison
    self.causes = causes
    self.assay = assay
    self.drawings = drawings
    self.newRows = newRows
    self.knownRows = knownRows
    self.provenance = provenance
  }

  /// The compounds that a page shows with their structures: all that entered or left, and the
  /// largest moves, each kind up to a bound.
  public static func shown(of comparison: ListComparison, most: Int = 40) -> [ListChange] {
    ListChange.Kind.allCases.flatMap { kind -> [ListChange] in
      let all = comparison.changes.filter { $0.kind == kind }
      guard kind == .moved else { return Array(all.prefix(most)) }
      return Array(
        all.enumerated().sorted {
          let gains = ($0.element.gain.magnitude, $1.element.gain.magnitude)
          return gains.0 != gains.1 ? gains.0 > gains.1 : $0.offset < $1.offset
        }.prefix(most).map(\.element))
    }
  }

  /// The header of `delta.csv`; places gained are counted up the list.
  public static func columns(endpoint: String) -> [String] {
    ["change", "id", "smiles", "place_before", "place_after", endpoint + "_before"]
      + [endpoint + "_after", "places_gained"]
      + ChangeFactor.allCases.map { "by_" + $0.rawValue } + ["cause", "why"]
  }

  /// The rows of `delta.csv`: every compound that entered, left or moved.
  public var rows: [[String]] {
    (comparison?.changes ?? []).map { change in
      func number(_ value: Double?) -> String {
        value.map { NumberText.plain($0, decimals: 4) } ?? ""
      }
      func place(_ value: Int?) -> String { value.map(String.init) ?? "" }
      return [
        change.kind.rawValue, change.id, change.smiles, place(change.placeBefore),
        place(change.placeAfter), number(change.valueBefore), number(change.valueAfter),
        number(change.gain),
      ] + ChangeFactor.allCases.map { number(change.parts[$0.rawValue] ?? 0) } + [
        change.cause.rawValue, change.why,
      ]
    }
  }

  /// The report as one self-contained HTML page; every text of it is escaped.
  public func html() -> String { DeltaPage(report: self).markup().html }
}

/// New measurements beside what was predicted for them.
public struct AssaySummary: Codable, Hashable, Sendable {
  /// A number with its 95 % interval.
  public struct Estimate: Codable, Hashable, Sendable {
    /// The estimate, and the ends of its interval.
    public var value, lower, upper: Double

    /// Creates an estimate.
    public init(value: Double, lower: Double, upper: Double) {
      self.value = value
      self.lower = lower
      self.upper = upper
    }
  }

  /// The table's name.
  public var table: String
  /// Compounds compared: measured, predicted, and not among those the model learned from.
  public var compared: Int
  /// Rows left out, by reason.
  public var leftOut: [String: Int]
  /// The mean absolute error, in the endpoint's unit; nil where nothing was compared.
  public var meanAbsoluteError: Double?
  /// The mean of measured minus predicted: what the model is wrong by on the whole.
  public var bias: Estimate?
  /// The share of measurements inside the 90 % interval.
  public var coverage: Estimate?
  /// By how much the intervals must be stretched so that nine of ten measurements lie inside; nil
  /// where the measurements are too few to say, or no reason to.
  public var stretch: Double?
  /// What follows, in sentences.
  public var verdict: [String]

  /// Creates a summary.
  public init(
    table: String, compared: Int, leftOut: [String: Int], meanAbsoluteError: Double?,
    bias: Estimate?, coverage: Estimate?, stretch: Double?, verdict: [String]
  ) {
    self.table = table
    self.compared = compared
    self.leftOut = leftOut
    self.meanAbsoluteError = meanAbsoluteError
    self.bias = bias
    self.coverage = coverage
    self.stretch = stretch
    self.verdict = verdict
  }
}
