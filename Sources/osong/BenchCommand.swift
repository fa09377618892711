import ArgumentParser
import Campaigns
import Foundation
import Provenance
import Synchronization

struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Compare models, and audit what they are compared on.",
    subcommands: [
      BenchRunCommand.self, BenchAuditCommand.self, BenchCompareCommand.self,
      BenchPowerCommand.self,
    ])
}

struct BenchRunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Train and test every model of a suite on every fold.",
    discussion: """
      Everything is checked before anything is trained. Each model's predictions on each fold are \
      stored as soon as they are there: a run that was killed goes on when the same command runs \
      again, and `bench compare` can compute any metric without training.
      """)
  @Argument(help: "The suite, a YAML file as in Benchmarks/suites.")
  var suite: String
  @Option(name: .shortAndLong, help: "The folder for predictions.")
  var output: String
  @Option(help: "The folder below which the suite's files are; the suite's own when not given.")
  var data: String?
  @Option(help: "Only these data sets of the suite, separated by commas.")
  var only: String?
  @Option(help: "Only these models of the suite, separated by commas.")
  var models: String?
  @OptionGroup var common: CommonOptions

  func run() throws {
    let file = URL(filePath: suite)
    let whole = try SuiteReader.read(file)
    var suite = whole
    try suite.narrow(
      datasets: only.map { $0.split(separator: ",").map(String.init) },
      models: models.map { $0.split(separator: ",").map(String.init) })
    let stop = StopSignal()
    // The second bar begins with the training, for its time has nothing to do with the reading's.
    let reading = common.terminal
    let training = TrainingBar(common)
    let campaign = BenchmarkCampaign(
      suite, of: whole, data: data.map { URL(filePath: $0) } ?? file.deletingLastPathComponent(),
      output: URL(filePath: output), pool: common.pool)
    let outcome = try campaign.run(shouldStop: { stop.isRequested }) { what, share in
      if what.hasPrefix("reading ") {
        reading.show(what, share: share)
      } else {
        training.show(what, share: share)
      }
    }
    reading.clear()
    let lines = [
      "\(output): \(outcome.made) predictions made, \(outcome.kept) there already, "
        + "\(outcome.refused) rows refused"
    ]
    try common.summarise(
      lines,
      json: [
        "made": "\(outcome.made)", "kept": "\(outcome.kept)", "refused": "\(outcome.refused)",
        "failed": "\(outcome.failures.count)",
      ])
    for failure in outcome.failures { Terminal.complain("\(failure)") }
    if !outcome.failures.isEmpty { throw ExitCode.badInput }
  }
}

/// A bar whose clock starts when it is first shown.
private final class TrainingBar: Sendable {
  private let terminal = Mutex(Terminal?.none)
  private let common: CommonOptions

  init(_ common: CommonOptions) { self.common = common }

  func show(_ what: String, share: Double) {
    let own = terminal.withLock { terminal in
      let own = terminal ?? common.terminal
      terminal = own
      return own
    }
    own.show(what, share: share)
  }
}
