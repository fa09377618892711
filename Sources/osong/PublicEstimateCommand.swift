public import ArgumentParser
public import Campaigns
import Foundation
import Provenance
import PublicSample
import Screening
import Statistics

struct PublicEstimateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "estimate",
    abstract: "Means, totals, proportions, ratios and quantiles by design.",
    discussion: """
      Weights, strata, units of one or two stages and sizes of populations as R's survey takes \
      them, with its numbers. Groups of fewer than 5 people are kept back, and others with them \
      where a subtraction would tell; --session remembers what earlier runs told of the same table. \
      Writes estimates.tsv and run.json.

        osong public estimate people.csv --weight w --strata region --mean bmi \\
          --proportion smoker=1 --by sex --session people.session -o smokers/
        osong public estimate schools.csv --cluster district --fpc N1 --cluster school --fpc N2 \\
          --mean score -o scores/
      """)
  @Argument(help: "The table: csv or tsv, plain or gzipped.") var table: String
  @OptionGroup(title: "Design") var design: DesignOptions
  @Option(help: "A column; may be given again.") var mean: [String] = []
  @Option(help: "A column; may be given again.") var total: [String] = []
  @Option(help: "COLUMN=VALUE; may be given again.") var proportion: [String] = []
  @Option(help: "COLUMN/COLUMN; may be given again.") var ratio: [String] = []
  @Option(help: "COLUMN@0.5; may be given again.") var quantile: [String] = []
  @Option(help: "A column that splits the sample.") var by: String?
  @Option(help: "Intervals by t or by the normal distribution.")
  var interval = SurveyEstimate.Reference.t
  @Option(help: "Intervals of proportions: logit, likelihood, beta, asin or mean.")
  var proportionInterval = ProportionInterval.logit
  @Option(help: "How spreads are found: taylor, jackknife, bootstrap, balanced-halves or given.")
  var variance = EstimateCampaign.Variance.taylor
  @Option(help: "A column of replicate weights, for --variance given; may be given again.")
  var replicateWeights: [String] = []
  @Option(help: "What their squared deviations are multiplied by; 1 over their number otherwise.")
  var replicateScale: Double?
  @Option(help: "Replicates of a bootstrap.") var replicates = 500
  @Option(help: "The bootstrap's seed.") var seed: UInt64 = 1
  @Option(help: "A file that remembers what was told of the table.") var session: String?
  @OptionGroup var journal: PublicJournalOptions
  @Option(name: .shortAndLong, help: "The folder for the results.") var output: String
  @OptionGroup var release: ReleaseOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard !(mean + total + proportion + ratio + quantile).isEmpty else {
      throw ValidationError("ask something: --mean, --total, --proportion, --ratio or --quantile")
    }
    guard replicates > 1, replicates <= 100_000 else {
      throw ValidationError("--replicates is 2 to 100000")
    }
    if let replicateScale, !(replicateScale > 0 && replicateScale.isFinite) {
      throw ValidationError("--replicate-scale is above 0")
    }
  }

  func run() throws {
    var columns = design.columns
    columns.replicates = replicateWeights
    var questions = mean.map { SampleQuestion.mean($0) } + total.map { .total($0) }
    questions += try proportion.map { try .proportion(parsing: $0) }
    questions += try ratio.map { try .ratio(parsing: $0) }
    questions += try quantile.map { try .quantile(parsing: $0) }
    try journal.note(
      "estimate",
      [
        "table": table, "by": by ?? "",
        "asked": (mean + total + proportion + ratio + quantile).joined(separator: ", "),
      ])
    var campaign = EstimateCampaign(table: table, columns: columns, questions: questions)
    campaign.domain = by
    campaign.variance = variance
    campaign.replicateScale = replicateScale
    campaign.replicates = replicates
    campaign.seed = seed
    campaign.reference = interval
    campaign.proportion = proportionInterval
    campaign.rule = release.rule
    campaign.session = session.map { URL(filePath: $0) }
    let outcome = try campaign.run()
    try campaign.write(outcome, to: URL(filePath: output))
    var lines = [
      "\(outcome.rows) rows stand for \(outcome.population.fixed(0)) people; "
        + "\(outcome.degrees) degrees of freedom"
    ]
    for row in outcome.estimates.rows.prefix(20) {
      let domain = row[0].isEmpty ? "" : " in \(row[0])"
      let range = row[5].isEmpty ? "" : " [\(row[5]) – \(row[6])]"
      lines.append(
        "  \(row[1]) \(row[2])\(domain): "
          + (row[10].isEmpty ? row[3] + range : "\(row[10]) kept back"))
    }
    if outcome.keptBack > 0 { lines.append("\(outcome.keptBack) answers are kept back") }
    try common.summarise(
      lines + Refusals.lines(outcome.refused),
      json: [
        "rows": "\(outcome.rows)", "answers": "\(outcome.estimates.answers.count)",
        "kept_back": "\(outcome.keptBack)",
        "refused": "\(outcome.refused.values.reduce(0, +))",
      ])
  }
}

extension EstimateCampaign.Variance: ExpressibleByArgument {}
