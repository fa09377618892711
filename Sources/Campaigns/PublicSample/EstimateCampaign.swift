public import Foundation
public import Governance
import Provenance
public import PublicSample
import Records
public import Statistics

/// From a weighted table to a folder of estimates that may be told.
public struct EstimateCampaign: Sendable {
  /// How spreads are found.
  public enum Variance: String, Codable, CaseIterable, Sendable {
    /// Taylor linearisation.
    case taylor
    /// Units left out in turn.
    case jackknife
    /// Units drawn again.
    case bootstrap
    /// Halves of pairs.
    case halves = "balanced-halves"
    /// The table's own columns of replicate weights.
    case given
  }

  /// The table.
  public var table: String
  /// How it was drawn.
  public var columns: DesignColumns
  /// What is asked.
  public var questions: [SampleQuestion]
  /// The column that splits the sample.
  public var domain: String?
  /// How spreads are found.
  public var variance = Variance.taylor
  /// What squared deviations of given replicates are multiplied by; 1 over their number otherwise.
  public var replicateScale: Double?
  /// How many replicates a bootstrap draws, and its seed.
  public var replicates = 500, seed: UInt64 = 1
  /// The distribution of intervals.
  public var reference = SurveyEstimate.Reference.t
  /// The intervals of proportions.
  public var proportion = ProportionInterval.logit
  /// The smallest group.
  public var rule = MinimumCell()
  /// A file that remembers what was told before.
  public var session: URL?

  /// Describes the work.
  public init(table: String, columns: DesignColumns, questions: [SampleQuestion]) {
    self.table = table
    self.columns = columns
    self.questions = questions
  }

  /// What came of it.
  public struct Outcome: Sendable {
    /// The estimates.
    public let estimates: SampleEstimates
    /// Rows that were taken, and those that were not, by reason.
    public let rows: Int, refused: [String: Int]
    /// Degrees of freedom of the design, and the people the sample stands for.
    public let degrees: Int, population: Double
    let digest: Digest

    /// Answers that were kept back.
    public var keptBack: Int { estimates.answers.count { $0.told == nil } }
  }

  /// Does it.
  public func run() throws -> Outcome {
    let kinds = try Self.kinds(
      [columns.kinds] + questions.map(\.kinds) + [domain.map { [$0: .optionalText] } ?? [:]])
    let read = try SampleTable(.file(table), columns: kinds)
    let design = try columns.design(of: read)
    let digest = try Digest(ofFileAt: URL(filePath: table))
    let spread = try replicated(design, read)
    let estimates = try SampleSession.judge(
      at: session, table: digest, rows: read.rows, rule: rule
    ) { gate in
      try SampleEstimates(
        questions, of: read, design: design, by: domain, variance: spread, reference: reference,
        proportion: proportion, through: &gate)
    }
    return Outcome(
      estimates: estimates, rows: read.rows, refused: read.refused.counts,
      degrees: design.degreesOfFreedom(), population: design.population, digest: digest)
  }

  private func replicated(
    _ design: SurveyDesign, _ read: SampleTable
  ) throws -> SampleEstimates.Variance {
    switch variance {
    case .taylor: return .taylor
    case .jackknife: return .replicates(try SurveyReplicates(of: design, by: .jackknife))
    case .bootstrap:
      return .replicates(
        try SurveyReplicates(of: design, by: .bootstrap(replicates: replicates, seed: seed)))
    case .halves: return .replicates(try SurveyReplicates(of: design, by: .balancedHalves))
    case .given:
      guard
        let given = try columns.replicates(of: read, design: design, scale: replicateScale)
      else { throw SampleError("name the columns of replicate weights with --replicate-weights") }
      return .replicates(given)
    }
  }

  /// What each column has to hold; one that is asked to be two things is the user's to mend.
  static func kinds(
    _ all: [[String: SampleTable.Kind]]
  ) throws -> [String: SampleTable.Kind] {
    var kinds: [String: SampleTable.Kind] = [:]
    for (column, kind) in all.joined() {
      guard let old = kinds[column], old != kind else {
        kinds[column] = kind
        continue
      }
      // A stratum may be asked about too: it must be there.
      guard Set([old, kind]) == [.text, .optionalText] else {
        throw SampleError("the column \(column) is asked for as two different things")
      }
      kinds[column] = .text
    }
    return kinds
  }

  /// Writes the folder, whole or not at all.
  public func write(_ outcome: Outcome, to folder: URL) throws {
    var options = [
      "interval": reference.rawValue, "proportion_interval": proportion.rawValue,
      "variance": variance.rawValue, "single_units": columns.singleUnits.rawValue,
      "minimum_cell": "\(rule.minimum)",
    ]
    options["weight"] = columns.weight
    options["everybody"] = columns.everybody.map { "\($0)" }
    options["strata"] = columns.strata
    options["clusters"] = columns.clusters.isEmpty ? nil : columns.clusters.joined(separator: ",")
    options["populations"] =
      columns.populations.isEmpty ? nil : columns.populations.joined(separator: ",")
    options["by"] = domain
    var counts = outcome.refused
    counts["rows"] = outcome.rows
    counts["answers"] = outcome.estimates.answers.count
    counts["kept back"] = outcome.keptBack
    try PublicFolder.write(
      [("estimates.tsv", SampleEstimates.header, outcome.estimates.rows)],
      record: RunRecord(
        verb: "public estimate", options: options, seed: variance == .bootstrap ? seed : nil,
        inputs: [
          Artifact(name: URL(filePath: table).lastPathComponent, digest: outcome.digest)
        ], counts: counts), to: folder)
  }
}
