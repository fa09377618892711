public import Entities
public import Screening

/// Everything the report of one screen shows: a plain value that the caller fills.
///
/// The report adds no number of its own but counts over `hits`; it holds no date, so the same value
/// always gives the same bytes. Pass a date as a row of `provenance` where one is wanted.
public struct ScreenReport: Sendable {
  /// The headline, for example "Thrombin inhibitors from MOSES".
  public var title: String
  /// The target's name, with its identifier, for example "Thrombin (CHEMBL204)".
  public var target: String
  /// What is predicted, its unit, and which direction is better.
  public var endpoint: ReportEndpoint
  /// The ranked compounds, in the order of their ranks.
  public var hits: [Hit]
  /// The structures as RDKit's SVG text, by the hit's id; a hit without one shows its SMILES.
  ///
  /// Where a hit has `atomContributions`, draw it with *all* its atoms highlighted: the report then
  /// colours each atom by its contribution, on one scale for the whole page. Nothing but lines and
  /// shapes is taken over from the text.
  public var drawings: [String: String]
  /// How many compounds went in, and what became of them.
  public var tally: ScreenTally
  /// The plan in words, one sentence each: filters, ranking, limits.
  public var plan: [String]
  /// The predicted values of every scored compound of the library.
  public var scores: ValueHistogram
  /// The properties of a random sample of the library, to compare the hits with.
  public var librarySample: [CompoundProperties]
  /// How good the model is on compounds it has not seen, beside its baselines.
  public var model: ModelAssessment
  /// What made this result: name and value, for example the command, version, seed and digests.
  public var provenance: [Fact]
  /// What a reader must doubt, one sentence each.
  ///
  /// The report adds what it can count itself: hits outside the domain, hits with alerts, hits of
  /// one scaffold, intervals that hold too little, and a model no better than its baselines.
  public var warnings: [String]

  /// Creates a report's input.
  public init(
    title: String, target: String, endpoint: ReportEndpoint, hits: [Hit],
    drawings: [String: String] = [:], tally: ScreenTally, plan: [String] = [],
    scores: ValueHistogram, librarySample: [CompoundProperties] = [], model: ModelAssessment,
    provenance: [Fact] = [], warnings: [String] = []
  ) {
    self.title = title
    self.target = target
    self.endpoint = endpoint
    self.hits = hits
    self.drawings = drawings
    self.tally = tally
    self.plan = plan
    self.scores = scores
    self.librarySample = librarySample
    self.model = model
    self.provenance = provenance
    self.warnings = warnings
  }
}

/// What a screen predicts, as the report names it.
public struct ReportEndpoint: Hashable, Sendable {
  /// The short name that heads a column, for example "pKi".
  public var name: String
  /// The unit or scale, for example "−log₁₀(mol/L)".
  public var unit: String
  /// Whether a higher value is the better one.
  public var higherIsBetter: Bool

  /// Creates an endpoint's label.
  public init(name: String, unit: String, higherIsBetter: Bool = true) {
    self.name = name
    self.unit = unit
    self.higherIsBetter = higherIsBetter
  }
}

/// One named statement, shown as a row.
public struct Fact: Hashable, Codable, Sendable {
  /// What the value is.
  public var name: String
  /// The value, as text.
  public var value: String

  /// Creates a fact.
  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}
