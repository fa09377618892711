import ArgumentParser
import Campaigns
import Evaluation
import Foundation
import Provenance
import Screening
import Statistics

struct ModelReplaceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replace",
    abstract: "Put a new model in the place of an old one, if it is shown to be no worse.",
    discussion: """
      Both predict the compounds of --results that neither learned from (a column named like the \
      task holds what was measured). The new model takes the place if the upper end of the 95 % \
      interval of how much larger its mean absolute error is stays below the margin; that nothing \
      was found, as with few compounds, is no reason. Otherwise nothing is changed, and the exit \
      code is 3: a plan's later steps do not run.

        osong model replace thrombin.model new.model --results assays/march.csv
      """)
  @Argument(help: "The model in use.") var old: String
  @Argument(help: "The model that is to take its place.") var new: String
  @Option(help: "A table of measured compounds.") var results: String
  @Option(help: "The task, where there are several (default: the first).") var task: String?
  @Option(help: "How much larger its error may be, as a share of the old one's.")
  var margin = ModelChallenge.usualMargin
  @Flag(help: "Compare and say what was found; nothing is replaced.") var dryRun = false
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard (0...1).contains(margin) else { throw ValidationError("--margin is 0 to 1") }
  }

  func run() throws {
    let replacement = try ModelReplacement(
      of: URL(filePath: old), by: URL(filePath: new), results: URL(filePath: results), task: task,
      margin: margin, pool: common.pool)
    let isDone = replacement.isAllowed && !dryRun
    if isDone { try replacement.replace() }
    try common.summarise(
      lines(replacement.verdict, isDone),
      json: ["replaced": "\(isDone)", "no_worse": "\(replacement.isAllowed)"])
    if !replacement.isAllowed { throw ExitCode.badInput }
  }

  private func lines(_ verdict: ModelReplacement.Verdict, _ isDone: Bool) -> [String] {
    switch verdict {
    case .tooFew(let count):
      return [
        "\(count) measured compounds that neither model learned from are too few; "
          + "\(MeasurementCheck.fewest) or more can show something. Nothing was replaced."
      ]
    case .compared(let found):
      let interval =
        found.difference.map { " [\($0.lower.fixed(3)) to \($0.upper.fixed(3))]" } ?? ""
      let word =
        found.isNoWorse
        ? "no worse" : found.isWorse ? "worse" : "not shown to be no worse"
      return [
        "\(found.compounds.grouped) compounds: mean absolute error \(found.oldError.fixed(3)) (old), "
          + "\(found.newError.fixed(3)) (new); difference "
          + "\((found.newError - found.oldError).fixed(3))\(interval), allowed \(found.margin.fixed(3))",
        "\(new) is \(word): "
          + (isDone ? "it stands in the place of \(old)" : "nothing was replaced"),
      ]
    }
  }
}
