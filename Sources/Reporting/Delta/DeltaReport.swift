public import Evaluation
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
  /// Why the list names no compound, in a sentence; nil where it is not kept back.
  public var withheld: String?
  /// What moved; nil where there was no night to compare with.
  public var comparison: ListComparison?
  /// What changed, factor by factor; empty where nothing did.
  public var causes: [Cause]
  /// What was measured since, held against what was predicted; nil where nothing was.
  public var measured: MeasurementCheck?
  /// The structures as SVG text, by the compound's id.
  public var drawings: [String: String]
  /// Rows scored for the first time, and rows whose scores were there.
  public var newRows, knownRows: Int
  /// What made this result.
  public var provenance: [Fact]

  /// Describes a report.
  public init(
    title: String, nights: String, endpoint: ReportEndpoint, withheld: String? = nil,
    comparison: ListComparison?, causes: [Cause], measured: MeasurementCheck? = nil,
    drawings: [String: String], newRows: Int,
    knownRows: Int, provenance: [Fact]
  ) {
    self.title = title
    self.nights = nights
    self.endpoint = endpoint
    self.withheld = withheld
    self.comparison = comparison
    self.causes = causes
    self.measured = measured
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
