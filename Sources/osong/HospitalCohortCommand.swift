import ArgumentParser
import Campaigns
import Foundation
import Hospitals
import Statistics

struct HospitalCohortCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cohort", abstract: "New users of a drug against new users of another.",
    discussion: """
      A row is a person: treatment (1 or 0), time and event, and what was known on the first day. A \
      propensity score by LASSO, matching (the nearest within .2 deviations of its log odds) or \
      strata, balance before and after, Cox's model and Poisson rates within sets, curves by arm. \
      --time and --event may be repeated for further outcomes, negative controls among them. Counts \
      and estimates of fewer than 5 are kept back. Before a number becomes evidence, calibrate it.

        osong hospital cohort users.csv --treatment statin --time days --event stroke \\
          --covariates age,sex,diabetes,prior_mi --match 1 -o result/

      Writes estimates.tsv, arms.tsv, curves.tsv, balance.tsv, propensity.tsv and run.json.
      """)
  @Argument(help: "The table, .csv or .tsv, also .gz.") var table: String
  @Option(help: "The column of the treatment: 1, or 0 for the comparator.") var treatment: String
  @Option(help: "The column of time until the event or the last look; may be repeated.")
  var time: [String]
  @Option(help: "The column of the event: 1 or 0; may be repeated, in the same order.")
  var event: [String]
  @Option(help: "What was known on the first day: columns, separated by commas.")
  var covariates: String
  @Option(help: "Matching: at most so many comparators for a treated person.") var match: Int?
  @Option(help: "Strata of the propensity score, instead of matching.") var strata: Int?
  @Option(help: "The widest match, in deviations of the score's log odds.") var caliper = 0.2
  @Option(help: "Whom to leave out: none, equipoise or common-support.")
  var trim: TrimmingName = .none
  @Option(help: "The score's penalty, glmnet's λ; by cross-validation otherwise.")
  var penalty: Double?
  @Option(help: "Folds of the cross-validation.") var folds = 10
  @Option(help: "The seed of the folds.") var seed: UInt64 = 1
  @OptionGroup var study: HospitalStudyOptions
  @OptionGroup var common: CommonOptions

  enum TrimmingName: String, ExpressibleByArgument, CaseIterable {
    case none, equipoise
    case commonSupport = "common-support"
    var trimming: Trimming {
      switch self {
      case .none: .none
      case .equipoise: .equipoise
      case .commonSupport: .commonSupport
      }
    }
  }

  func validate() throws {
    guard time.count == event.count, !time.isEmpty else {
      throw ValidationError("--time and --event come in pairs")
    }
    guard match == nil || strata == nil else {
      throw ValidationError("--match or --strata, not both")
    }
    guard (2...50).contains(folds) else { throw ValidationError("--folds is 2 to 50") }
    guard caliper > 0 else { throw ValidationError("--caliper is above 0") }
    guard penalty.map({ $0 > 0 }) ?? true else { throw ValidationError("--penalty is above 0") }
  }

  func run() throws {
    var campaign = ComparativeCampaign(
      table, treatment: treatment,
      outcomes: zip(time, event).map { CohortTable.Outcome(time: $0, event: $1) },
      covariates: covariates.split(separator: ",").map(String.init))
    campaign.penalty =
      penalty.map { .given($0) } ?? .crossValidated(folds: folds, seed: seed, .best)
    campaign.trimming = trim.trimming
    campaign.adjustment =
      strata.map { .strata($0) } ?? .matching(ratio: match ?? 1, caliper: caliper)
    campaign.minimum = study.minimum
    campaign.journal = study.studyJournal()
    let outcome = try campaign.run()
    try outcome.write(to: study.folder)
    var lines = outcome.summary
    if outcome.refused > 0 { lines.append("\(outcome.refused) rows refused") }
    lines.append("not calibrated: see osong hospital calibrate")
    try common.summarise(
      lines,
      json: [
        "equipoise": "\(outcome.study.model.equipoise)", "sets": "\(outcome.study.sets.count)",
        "refused": "\(outcome.refused)",
      ])
  }
}
