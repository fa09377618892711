import ArgumentParser
import Campaigns
import Foundation
import Reporting
import Statistics

struct HospitalCalibrateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate", abstract: "Estimates freed of a design's own error.",
    discussion: """
      Negative controls, drug and outcome pairs without an effect, show how far a design errs \
      beyond chance. From at least 5 of them: calibrated p-values, estimates and intervals, and how \
      large the error is. An estimate that was not calibrated is no evidence.

        osong hospital calibrate estimates.csv --controls groundTruth=0 \\
          --name drugName --columns logRr,seLogRr -o result/

      Writes calibrated.tsv, controls.tsv (each left out in turn), error.tsv, controls.svg and \
      run.json.
      """)
  @Argument(help: "The table of estimates, .csv or .tsv.") var table: String
  @Option(help: "The negative controls: COLUMN=VALUE, or a file of names.") var controls: String
  @Option(help: "The column of names.") var name = "outcome"
  @Option(help: "The columns of log ratio and standard error.")
  var columns = "log_ratio,standard_error"
  @Option(help: "The column of the true log ratio, for controls of known effect.")
  var trueEffect: String?
  @Option(help: "How many questions are held to account: holm or bh.")
  var multiplicity: MultiplicityName = .holm
  @Option(name: .shortAndLong, help: "The folder for the results.") var output: String
  @OptionGroup var common: CommonOptions

  enum MultiplicityName: String, ExpressibleByArgument, CaseIterable { case holm, bh }

  func validate() throws {
    guard columns.split(separator: ",").count == 2 else {
      throw ValidationError("--columns names two columns, as in logRr,seLogRr")
    }
  }

  func run() throws {
    let names = columns.split(separator: ",").map(String.init)
    let parts = controls.split(separator: "=", maxSplits: 1).map(String.init)
    var campaign = CalibrationCampaign(
      table, name: name, logRatio: names[0], standardError: names[1],
      controls: parts.count == 2 ? .column(parts[0], value: parts[1]) : .file(controls),
      truth: trueEffect)
    campaign.multiplicity = multiplicity == .holm ? .holm : .benjaminiHochberg
    let outcome = try campaign.run()
    let chart = ControlsChart(
      controls: outcome.rows.filter(\.isControl).map(\.estimate),
      others: outcome.rows.filter { !$0.isControl }.map(\.estimate), error: outcome.error)
    try outcome.write(
      to: URL(filePath: output), pictures: [(name: "controls.svg", text: chart.svg())])
    let count = outcome.rows.count { $0.isControl }
    let error = outcome.error
    try common.summarise(
      [
        "\(count) negative controls, \(outcome.rows.count - count) other estimates, "
          + "\(outcome.refused) rows refused",
        "systematic error: mean \(error.mean), deviation \(error.deviation), "
          + "expected absolute \(error.expectedAbsolute)",
        "picture: \(output)/controls.svg",
      ],
      json: [
        "controls": "\(count)", "mean": "\(error.mean)", "deviation": "\(error.deviation)",
        "expected_absolute": "\(error.expectedAbsolute)", "refused": "\(outcome.refused)",
      ])
  }
}
