public import ArgumentParser
import Campaigns
import Foundation
import Governance
import Provenance
import PublicSample
import Screening
public import Statistics

struct PublicCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "public",
    abstract: "Weighted random samples of public records: where the need is.",
    subcommands: [
      PublicEstimateCommand.self, PublicNeedCommand.self, PublicRiskCommand.self,
      PublicMapCommand.self,
    ])
}

/// How a table was drawn.
struct DesignOptions: ParsableArguments {
  @Option(help: "The column that says how many people a row stands for.") var weight: String?
  @Option(help: "How many people every row stands for, where no column says it.")
  var everybody: Double?
  @Option(help: "The column of strata.") var strata: String?
  @Option(help: "The column of units drawn; a second one for a second stage.")
  var cluster: [String] = []
  @Option(help: "The column of the stratum's size in the population; a second for a second stage.")
  var fpc: [String] = []
  @Option(help: "Strata of one unit: fail, grand-mean (cautious) or certainty.")
  var singleUnits = SingleUnitRule.fail

  func validate() throws {
    guard weight == nil || everybody == nil else {
      throw ValidationError("--weight and --everybody say the same thing; give one")
    }
    if let everybody, !(everybody > 0 && everybody.isFinite) {
      throw ValidationError("--everybody is a number above 0")
    }
  }

  var columns: DesignColumns {
    DesignColumns(
      weight: weight, strata: strata, clusters: cluster, populations: fpc, everybody: everybody,
      singleUnits: singleUnits)
  }
}

/// What may leave.
struct ReleaseOptions: ParsableArguments {
  @Option(help: "The smallest number of people that may be told; 5 or more.") var minimumCell = 5

  func validate() throws {
    guard minimumCell >= 5 else { throw ValidationError("--minimum-cell is at least 5") }
  }

  var rule: MinimumCell { MinimumCell(minimum: minimumCell) }
}

/// Where the reading of people's records is written down.
struct PublicJournalOptions: ParsableArguments {
  @Option(help: "An audit journal in which the reading is written down before it begins.")
  var journal: String?

  /// Writes it down; `facts` name tables and columns, never people.
  func note(_ verb: String, _ facts: [String: String]) throws {
    guard let journal else { return }
    try AuditJournal(at: URL(filePath: journal)).append(
      actor: NSUserName(), action: "public \(verb)", facts: facts, at: Date())
  }
}

struct PublicRiskCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "risk", abstract: "How well the people of a table could be told apart.",
    discussion: """
      k-anonymity, l-diversity (distinct and by entropy), t-closeness, uniques of the sample, and \
      how likely a stranger who finds a unique has found the person (data intrusion simulation). \
      Writes risk.tsv and run.json.

        osong public risk people.csv --quasi age,sex,region --sensitive diagnosis --weight w -o risk/
      """)
  @Argument(help: "The table: csv or tsv, plain or gzipped.") var table: String
  @Option(help: "Columns that a stranger may know, separated by commas.") var quasi: String
  @Option(help: "Columns that a stranger wants to know, separated by commas.")
  var sensitive: String?
  @Option(help: "The column that says how many people a row stands for.") var weight: String?
  @Option(help: "How many people every row stands for.") var everybody: Double?
  @Option(help: "From how many people a class is not small.") var minimum = 5
  @OptionGroup var journal: PublicJournalOptions
  @Option(name: .shortAndLong, help: "The folder for the results.") var output: String
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard minimum > 0 else { throw ValidationError("--minimum is above 0") }
  }

  func run() throws {
    try journal.note(
      "risk",
      ["table": table, "quasi": quasi].merging(sensitive.map { ["sensitive": $0] } ?? [:]) {
        one, _ in one
      })
    func list(_ text: String) -> [String] { text.split(separator: ",").map(String.init) }
    var campaign = RiskCampaign(
      table: table, quasi: list(quasi), sensitive: list(sensitive ?? ""))
    campaign.weight = weight
    campaign.everybody = everybody
    campaign.minimum = minimum
    let outcome = try campaign.run()
    try campaign.write(outcome, to: URL(filePath: output))
    let risk = outcome.risk
    var lines = [
      "\(risk.people) people in \(risk.classes) classes of \(quasi); the smallest has "
        + "\(risk.anonymity)",
      "\(risk.sampleUniques) are alone in theirs, \(risk.peopleInSmallClasses) in classes below "
        + "\(minimum)",
    ]
    if let probability = risk.matchProbability {
      lines.append(
        "somebody who fits one of the unique is that person with probability "
          + probability.fixed(3))
    }
    for (column, found) in risk.sensitive.sorted(by: { $0.key < $1.key }) {
      lines.append(
        "\(column): l \(found.distinctDiversity) (by entropy \(found.entropyDiversity.fixed(2))), "
          + "t \(found.closeness.fixed(3)); \(found.peopleInUniformClasses) people in classes of "
          + "one value")
    }
    try common.summarise(
      lines + Refusals.lines(outcome.refused),
      json: [
        "people": "\(risk.people)", "k_anonymity": "\(risk.anonymity)",
        "sample_uniques": "\(risk.sampleUniques)",
        "match_probability": risk.matchProbability.map { "\($0)" } ?? "",
      ])
  }
}

struct PublicMapCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "map", abstract: "How much of a table's codes a mapping to MONDO or EFO covers.",
    discussion: """
      The mapping is SSSOM, or a table of two columns. A code is mapped where the mapping names it; \
      nothing is guessed from a parent or a name, and a code with two diseases stays undecided. \
      Writes codes.tsv (codes of few records together) and run.json.

        osong public map t40.csv --codes SICK_CD --mapping mondo.sssom.tsv --everybody 33 -o map/
      """)
  @Argument(help: "The table: csv or tsv, plain or gzipped.") var table: String
  @Option(help: "The column of codes.") var codes: String
  @Option(help: "The mapping.") var mapping: String
  @Option(help: "The column that says how many people a row stands for.") var weight: String?
  @Option(help: "How many people every row stands for.") var everybody: Double?
  @Option(help: "A relation of the mapping that counts; may be given again. The same, otherwise.")
  var predicate: [String] = []
  @OptionGroup var journal: PublicJournalOptions
  @Option(name: .shortAndLong, help: "The folder for the results.") var output: String
  @OptionGroup var release: ReleaseOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    try journal.note("map", ["table": table, "codes": codes, "mapping": mapping])
    var campaign = MapCampaign(table: table, codes: codes, mapping: mapping)
    campaign.weight = weight
    campaign.everybody = everybody
    campaign.rule = release.rule
    if !predicate.isEmpty { campaign.predicates = Set(predicate) }
    let outcome = try campaign.run()
    try campaign.write(outcome, to: URL(filePath: output))
    let coverage = outcome.coverage
    let share = (100 * coverage.weightShare).fixed(1)
    try common.summarise(
      [
        "\(coverage.mapped.count) of \(coverage.codes.count) codes have one disease: \(share) % of "
          + "the weighted records",
        "\(coverage.ambiguous.count) codes have several, \(coverage.unmapped.count) none",
      ] + Refusals.lines(outcome.refused),
      json: [
        "codes": "\(coverage.codes.count)", "mapped": "\(coverage.mapped.count)",
        "ambiguous": "\(coverage.ambiguous.count)", "weight_share": "\(coverage.weightShare)",
      ])
  }
}

/// Rows that were not taken, in sentences.
enum Refusals {
  static func lines(_ refused: [String: Int]) -> [String] {
    refused.sorted { $0.key < $1.key }.map { "\($0.value) rows refused: \($0.key)" }
  }
}

extension SingleUnitRule: ExpressibleByArgument {}
extension ProportionInterval: ExpressibleByArgument {}
extension SurveyEstimate.Reference: ExpressibleByArgument {}
