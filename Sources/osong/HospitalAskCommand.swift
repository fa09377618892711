public import ArgumentParser
import Campaigns
import Foundation
import HospitalNetwork
public import Hospitals
import Provenance

struct HospitalAskCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ask", abstract: "Fit a study over hospitals that show no row.",
    discussion: """
      Newton's method over the hospitals' summed gradients and information: the numbers of one fit \
      over the pooled rows (Cox: each hospital a stratum). A hospital that does not answer is asked \
      again until --deadline; then the run ends and names it, and the same command goes on where it \
      stood. With --allow-missing the fit begins anew without it, and the result says so.

        osong hospital ask study.yaml --sites sites.yaml -o fit/

      Writes effects.csv, persons.csv, run.json; with --compare comparison.csv (each hospital's own \
      estimate and their meta-analysis); table.csv where the study has a table.
      """)
  @Argument(help: "The study's file; the hospitals have approved the same.") var study: String
  @Option(help: "The coordinator's file: its keys, the hospitals' addresses and pins.")
  var sites: String
  @Option(name: .shortAndLong, help: "The folder for the results.") var output: String
  @Option(help: "The file of the run's state (default: OUTPUT.state.json); removed at the end.")
  var state: String?
  @Option(help: "Seconds for one connection and its answer.") var patience = 30
  @Option(help: "Seconds until a hospital that does not answer a round is missing.")
  var deadline = 300
  @Flag(help: "Go on without hospitals that are missing; the result names them.")
  var allowMissing = false
  @Flag(help: "Compare with the hospitals' own estimates and their meta-analysis.")
  var compare = false
  @Option(
    help: "Ask for the study's table with noise of this privacy loss, as 1/2, from each budget.")
  var epsilon: PrivacyLoss?
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard (1...3_600).contains(patience), (1...86_400).contains(deadline) else {
      throw ValidationError("--patience and --deadline are seconds, above 0")
    }
  }

  func run() throws {
    let definition = try FederationFiles.study(at: URL(filePath: study))
    let file = URL(filePath: sites).absoluteURL
    let configuration = try FederationFiles.read(CoordinatorConfiguration.self, at: file)
    let stateFile = URL(filePath: state ?? (output.trimmingSuffix("/") + ".state.json"))
    var terms = Inquiry.Terms()
    terms.patience = .seconds(patience)
    terms.deadline = .seconds(deadline)
    terms.allowsMissing = allowMissing
    let terminal = common.terminal
    let inquiry = try configuration.inquiry(
      in: file.deletingLastPathComponent(), state: stateFile, terms: terms,
      report: { terminal.say("\($0)") })
    let staged = try AtomicFolder(
      at: URL(filePath: output), replacing: .ifItHolds(RunRecord.fileName))
    let begun = try inquiry.begin(definition, compares: compare, noise: epsilon)
    let run = try Waiting.run { try await inquiry.finish(begun) }
    try? FileManager.default.removeItem(at: stateFile)
    let outcome = try FederatedOutcome(run)
    try outcome.write(into: staged.staging, study: URL(filePath: study))
    try staged.commit()
    try common.summarise(outcome.lines(folder: output), json: outcome.summary)
  }
}

extension PrivacyLoss: ExpressibleByArgument {
  /// Reads `1/2`.
  public init?(argument: String) { self.init(argument) }
}

extension String {
  fileprivate func trimmingSuffix(_ suffix: String) -> String {
    hasSuffix(suffix) && count > suffix.count ? String(dropLast(suffix.count)) : self
  }
}
