public import Parallelism
public import Statistics

/// The pairs of a drug and an event that are reported more often than chance would have it.
public struct SignalDetection: Sendable {
  /// What is asked.
  public struct Question: Sendable {
    /// Drugs to look at; empty for all.
    public var drugs: [String]
    /// Events to look at; empty for all.
    public var events: [String]
    /// The fewest reports of a pair that is told.
    public var minimum: Int
    /// Whether no number of 1 to `minimum` − 1 reports may be told or follow from what is told: for
    /// reports that were not published.
    public var hidesSmallCells: Bool
    /// How the mixture is fitted.
    public var truncation = GammaPoissonFit.Truncation.mixture

    /// A question about all pairs of three reports or more.
    public init(
      drugs: [String] = [], events: [String] = [], minimum: Int = 3, hidesSmallCells: Bool = false
    ) {
      precondition(minimum >= 1, "a pair that was not reported is no signal")
      self.drugs = drugs
      self.events = events
      self.minimum = minimum
      self.hidesSmallCells = hidesSmallCells
    }
  }

  /// The pairs that are told, the largest EB05 first, then by names.
  public let signals: [Signal]
  /// The mixture, fitted to all reported pairs; nil where they are too few.
  public let fit: GammaPoissonFit?
  /// How many pairs were asked about, reported or not: the family of the q-values.
  public let family: Int
  /// How many reported pairs were asked about and have fewer reports than are told.
  public let small: Int
  /// How many pairs are kept back because a cell of their table is small.
  public let hidden: Int

  private static let pieceSize = 1024

  /// Looks.
  ///
  /// The mixture is fitted to all pairs, whatever is asked about. A pair with fewer reports than the
  /// minimum enters the family with p = 1, so that leaving it out cannot lower the q of others.
  public init(_ tally: ReportTally, _ question: Question, pool: WorkerPool) throws {
    let drugs = try Self.places(question.drugs, in: tally.drugs, what: "drug")
    let events = try Self.places(question.events, in: tally.events, what: "event")
    family = (drugs?.count ?? tally.drugs.count) * (events?.count ?? tally.events.count)
    let expected = tally.pairs.map { (count: $0.count, expected: tally.expected(of: $0)) }
    let fit = GammaPoissonFit(SquashedCounts(expected), truncation: question.truncation)
    self.fit = fit
    let asked = tally.pairs.filter {
      drugs?.contains($0.drug) ?? true && events?.contains($0.event) ?? true
    }
    let enough = asked.filter { $0.count >= question.minimum }
    small = asked.count - enough.count
    let told =
      question.hidesSmallCells
      ? SmallCells(tally, minimum: question.minimum).open(enough) : enough
    hidden = enough.count - told.count
    let size = Self.pieceSize
    var signals = pool.map((told.count + size - 1) / size) { piece in
      told[piece * size..<min((piece + 1) * size, told.count)].map {
        Signal($0, of: tally, fit?.prior)
      }
    }.flatMap { $0 }
    for (place, q) in BenjaminiHochberg.qValues(signals.map(\.pValue), family: family).enumerated()
    {
      signals[place].qValue = q
    }
    // Places are sorted, not signals, which are many times larger.
    let strengths = signals.map(Self.strength)
    self.signals = signals.indices.sorted { one, other in
      strengths[one] != strengths[other]
        ? strengths[one] > strengths[other]
        : (signals[one].drug, signals[one].event) < (signals[other].drug, signals[other].event)
    }.map { signals[$0] }
  }

  /// EB05; without a mixture the lower end of the information component orders the pairs.
  private static func strength(_ signal: Signal) -> Double {
    signal.shrunk?.lower ?? signal.component.lower
  }

  /// The places of names; nil where all are meant.
  private static func places(
    _ names: [String], in all: [String], what: String
  ) throws -> Set<Int>? {
    guard !names.isEmpty else { return nil }
    let known = Dictionary(zip(all, all.indices), uniquingKeysWith: { one, _ in one })
    return Set(
      try names.map { name in
        if let place = known[name] { return place }
        let near = all.filter { $0.contains(name) || name.contains($0) }.sorted().prefix(5)
        throw HospitalError(
          "no report names the \(what) \(name)"
            + (near.isEmpty ? "" : "; near it are \(near.joined(separator: ", "))"))
      })
  }
}
