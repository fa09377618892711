import ArgumentParser
import Campaigns
import Entities
import Foundation
import Molecules
import Parallelism
import PropertyModels
import Provenance
import Screening

struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Train a model from measured activities.",
    discussion: """
      The table needs a SMILES column and a column of values; a column `split` with train and test \
      parts the rows, otherwise a seeded random part is kept for the test. A training that was \
      killed goes on when the same command runs again.
      """)
  @Argument(help: "A table of activities, .csv or .tsv, also .gz.")
  var table: String
  @Option(name: .shortAndLong, help: "The model folder to write.")
  var output: String
  @Option(help: "The model's name on its card.")
  var name: String?
  @Option(help: "The endpoint's name.")
  var endpoint = "pKi"
  @Option(help: "The endpoint's unit.")
  var unit = "−log₁₀(mol/L)"
  @Flag(help: "Less is better.")
  var lowerIsBetter = false
  @Option(help: "The column of the measured value.")
  var valueColumn: String?
  @Flag(help: "The values are concentrations in nmol/L; they become −log₁₀(mol/L).")
  var nanomolar = false
  @Option(help: "The column that says train or test.")
  var splitColumn: String?
  @Option(help: "The column of the SMILES.")
  var smilesColumn: String?
  @Option(help: "The share kept for the test where the table has no split, 0 to 0.9.")
  var testShare = 0.2
  @Option(help: "The data's licence, for the card.")
  var license = "not stated"
  @Option(help: "Decides every random number.")
  var seed: UInt64 = 0
  @Option(help: "How often all rows are seen in the training of a network.")
  var epochs = EnsembleSettings().epochs
  @Option(help: "Networks whose mean is the prediction; fewer are faster and less sure.")
  var members = 5
  @Option(help: "The widths of the hidden layers, such as 512,256.")
  var hidden = LayerWidths([512, 256])
  @Option(help: "four-counts is the most accurate; ecfp4 screens from stored fingerprints.")
  var features = FeatureChoice.fourCounts
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard (0...0.9).contains(testShare) else { throw ValidationError("--test-share is 0 to 0.9") }
    guard (1...10_000).contains(epochs) else { throw ValidationError("--epochs is 1 to 10000") }
    guard (1...100).contains(members) else { throw ValidationError("--members is 1 to 100") }
  }

  func run() throws {
    let source = RecordSource(argument: table)
    guard case .file(let path) = source, FileManager.default.fileExists(atPath: path) else {
      throw RecordError.notFound(source: table)
    }
    let data = try Artifact(fileAt: URL(filePath: path))
    let folder = URL(filePath: output)
    let campaign = TrainingCampaign(
      request(path), pool: common.pool,
      workFolder: folder.deletingLastPathComponent()
        .appending(path: ".\(folder.lastPathComponent).work"))
    let stop = StopSignal()
    let terminal = common.terminal
    let outcome = try campaign.run(
      on: source, dataDigest: data.digest, shouldStop: { stop.isRequested }
    ) { trained, count in
      terminal.show("networks \(trained) of \(count)", share: Double(trained) / Double(count))
    }
    terminal.clear()
    let assessment = TestAssessment(
      of: outcome.test, by: outcome.model, rows: "test: \(outcome.split)", using: common.pool)
    let card = TrainingCard(
      name: name ?? folder.deletingPathExtension().lastPathComponent, data: data,
      license: license, outcome: outcome, assessment: assessment
    ).card
    let digest = try ModelFolder.write(outcome, card: card, to: folder)
    campaign.discardWork()
    try summarise(outcome, card, digest)
  }

  private func request(_ path: String) -> TrainingRequest {
    TrainingRequest(
      name: name ?? "",
      endpoint: ModelEndpoint(
        name: endpoint, unit: unit, higherIsBetter: !lowerIsBetter),
      settings: EnsembleSettings(
        features: features.recipe, hidden: hidden.widths, epochs: epochs, members: members,
        membersPerFold: min(members, EnsembleSettings().membersPerFold), seed: seed),
      columns: ActivityColumns(
        value: valueColumn, scale: nanomolar ? .nanomolar : .endpoint, split: splitColumn,
        structure: ColumnSelection(structure: smilesColumn.map { .named($0) })),
      testShare: testShare)
  }

  private func summarise(
    _ outcome: TrainingOutcome, _ card: ModelCard, _ digest: Digest
  ) throws {
    var lines = [
      "\(output): trained on \(outcome.model.domain.compounds.count.grouped) compounds,"
        + " \(outcome.refused.count) rows refused"
    ]
    for record in outcome.refused.prefix(5) {
      lines.append("  line \(record.line) \(record.id): \(record.reason)")
    }
    lines += ModelText.lines(of: card)
    try common.summarise(
      lines, json: ["digest": digest.hex, "compounds": "\(outcome.model.domain.compounds.count)"])
  }
}

/// The widths of hidden layers on the command line, separated by commas.
struct LayerWidths: ExpressibleByArgument, Sendable {
  let widths: [Int]

  init(_ widths: [Int]) { self.widths = widths }

  init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
    widths = parts.compactMap { Int($0) }
    guard widths.count == parts.count, widths.allSatisfy({ (1...16_384).contains($0) }) else {
      return nil
    }
  }

  var defaultValueDescription: String { widths.map(String.init).joined(separator: ",") }
}
