public import Foundation
import Provenance
public import PublicSample
import Records

/// How well the people of a table could be told apart.
public struct RiskCampaign: Sendable {
  /// The table.
  public var table: String
  /// Columns that a stranger may know, and those the stranger wants to know.
  public var quasi: [String], sensitive: [String]
  /// The column of weights, or one number for everybody; neither where the table is everybody.
  public var weight: String?, everybody: Double?
  /// From how many people a class is not small.
  public var minimum = 5

  /// Describes the work.
  public init(table: String, quasi: [String], sensitive: [String]) {
    self.table = table
    self.quasi = quasi
    self.sensitive = sensitive
  }

  /// What came of it.
  public struct Outcome: Sendable {
    /// The risk.
    public let risk: DisclosureRisk
    /// Rows that were refused, by reason.
    public let refused: [String: Int]
  }

  /// Does it; a missing value is a value of its own.
  public func run() throws -> Outcome {
    var kinds: [String: SampleTable.Kind] = [:]
    for column in quasi + sensitive { kinds[column] = .optionalText }
    if let weight { kinds[weight] = .positive }
    let read = try SampleTable(.file(table), columns: kinds)
    let weights =
      weight.map { read.number($0).map { $0 ?? 0 } }
      ?? everybody.map { [Double](repeating: $0, count: read.rows) }
    let risk = try DisclosureRisk(
      quasi: quasi.map { read.text($0) },
      sensitive: Dictionary(sensitive.map { ($0, read.text($0)) }) { first, _ in first },
      weights: weights, minimum: minimum)
    return Outcome(risk: risk, refused: read.refused.counts)
  }

  /// The header of the table.
  public static let header = ["measure", "column", "value"]

  /// The table.
  public static func rows(_ risk: DisclosureRisk) -> [[String]] {
    var rows = [
      ["people", "", "\(risk.people)"], ["classes", "", "\(risk.classes)"],
      ["k_anonymity", "", "\(risk.anonymity)"],
      ["people_in_small_classes", "", "\(risk.peopleInSmallClasses)"],
      ["sample_uniques", "", "\(risk.sampleUniques)"],
      ["sample_pairs", "", "\(risk.samplePairs)"],
      ["sampling_fraction", "", "\(risk.samplingFraction)"],
      ["match_probability", "", risk.matchProbability.map { "\($0)" } ?? ""],
    ]
    for (column, found) in risk.sensitive.sorted(by: { $0.key < $1.key }) {
      rows += [
        ["distinct_l_diversity", column, "\(found.distinctDiversity)"],
        ["entropy_l_diversity", column, "\(found.entropyDiversity)"],
        ["t_closeness", column, "\(found.closeness)"],
        ["people_in_uniform_classes", column, "\(found.peopleInUniformClasses)"],
      ]
    }
    return rows
  }

  /// Writes the folder, whole or not at all.
  public func write(_ outcome: Outcome, to folder: URL) throws {
    var options = [
      "quasi": quasi.joined(separator: ","), "sensitive": sensitive.joined(separator: ","),
      "minimum": "\(minimum)",
    ]
    options["weight"] = weight
    options["everybody"] = everybody.map { "\($0)" }
    var counts = outcome.refused
    counts["people"] = outcome.risk.people
    try PublicFolder.write(
      [("risk.tsv", Self.header, Self.rows(outcome.risk))],
      record: RunRecord(
        verb: "public risk", options: options,
        inputs: [try Artifact(fileAt: URL(filePath: table))], counts: counts), to: folder)
  }
}
