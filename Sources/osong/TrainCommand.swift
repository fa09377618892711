public import ArgumentParser
public import Campaigns
import Entities
import Foundation
import Molecules
import Parallelism
public import PropertyModels
import Provenance
import Records
import Screening

struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Train a model from measured activities.",
    discussion: """
      The table needs a SMILES column and a column of values, or several: one task each, empty where \
      nothing was measured. A value such as >10 is a bound. A column `split` with train and test \
      parts the rows, otherwise a seeded part is kept for the test. A training that was killed goes \
      on when the same command runs again.
      """)
  @Argument(help: "A table of activities, .csv or .tsv, also .gz.")
  var table: String
  @Option(name: .shortAndLong, help: "The model folder to write.")
  var output: String
  @Option(help: "The model's name on its card.")
  var name: String?
  @Option(
    help: ArgumentHelp(
      "The family; several (repeat the option) answer with their mean, stack weighs three by their"
        + " worth.", valueName: "family"))
  var model: [StandardModel] = [.network]
  @Option(help: "A recipe of families and settings from a JSON file, in place of --model.")
  var recipe: String?
  @Option(help: "Try so many recipes on the training rows, and train the best.")
  var tune = 0
  @OptionGroup(title: "What is predicted") var endpoint: EndpointOptions
  @Option(help: "The column that says train or test.")
  var splitColumn: String?
  @Option(help: "How the test is chosen where the table does not say: random or scaffold.")
  var split = SplitRule.random
  @Option(help: "The column of the SMILES.")
  var smilesColumn: String?
  @Option(help: "The share kept for the test where the table has no split, 0 to 0.9.")
  var testShare = 0.2
  @Option(help: "The data's licence, for the card.")
  var license = "not stated"
  @Option(help: "Decides every random number.")
  var seed: UInt64 = 0
  @OptionGroup(title: "Settings of the families") var settings: FamilyOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard (0...0.9).contains(testShare) else { throw ValidationError("--test-share is 0 to 0.9") }
    guard (0...1_000).contains(tune) else { throw ValidationError("--tune is 0 to 1000") }
    guard Set(model).count == model.count else {
      throw ValidationError("--model names a family twice")
    }
  }

  func run() throws {
    let source = RecordSource(argument: table)
    guard case .file(let path) = source, FileManager.default.fileExists(atPath: path) else {
      throw RecordError.notFound(source: table)
    }
    let data = try Artifact(fileAt: URL(filePath: path))
    let folder = URL(filePath: output)
    let campaign = TrainingCampaign(
      try request(), pool: common.pool,
      workFolder: folder.deletingLastPathComponent()
        .appending(path: ".\(folder.lastPathComponent).work"))
    let stop = StopSignal()
    let terminal = common.terminal
    let outcome = try campaign.run(
      on: source, dataDigest: data.digest, shouldStop: { stop.isRequested }
    ) { stage, share in
      terminal.show(stage, share: share)
    }
    terminal.clear()
    let assessments = TestAssessment.all(
      of: outcome.test, by: outcome.model, rows: "test: \(outcome.split)", using: common.pool)
    let card = TrainingCard(
      name: name ?? folder.deletingPathExtension().lastPathComponent, data: data,
      license: license, outcome: outcome, assessments: assessments
    ).card
    let digest = try ModelFolder.write(outcome, card: card, to: folder)
    campaign.discardWork()
    try summarise(outcome, card, digest)
  }

  /// The recipe that was named, or the families.
  private func chosenRecipe() throws -> ModelRecipe {
    guard let recipe else { return StandardModel.recipe(of: model, settings.settings(for: model)) }
    do { return try StableJSON.decode(ModelRecipe.self, at: URL(filePath: recipe)) } catch {
      throw ValidationError("\(recipe) holds no recipe: \(error)")
    }
  }

  private func request() throws -> TrainingRequest {
    TrainingRequest(
      endpoint: endpoint.request, recipe: try chosenRecipe(), tune: tune,
      columns: ActivityColumns(
        values: endpoint.valueColumn, relation: endpoint.relationColumn,
        scale: endpoint.nanomolar ? .nanomolar : .endpoint, split: splitColumn,
        structure: ColumnSelection(structure: smilesColumn.map { .named($0) })),
      testShare: testShare, split: split, seed: seed)
  }

  private func summarise(
    _ outcome: TrainingOutcome, _ card: ModelCard, _ digest: Digest
  ) throws {
    let compounds = outcome.model.domain.compounds.count
    var lines = [
      "\(output): trained \(card.architecture) on \(compounds.grouped) compounds,"
        + " \(outcome.refused.count) rows refused"
    ]
    for record in outcome.refused.prefix(5) {
      lines.append("  line \(record.line) \(record.id): \(record.reason)")
    }
    if !outcome.contradictions.isEmpty {
      lines.append("  \(outcome.contradictions.count) structures with labels that do not agree")
    }
    for contradiction in outcome.contradictions.prefix(3) {
      lines.append("    \(ContradictionText.line(contradiction))")
    }
    lines += ModelText.lines(of: card)
    try common.summarise(lines, json: ["digest": digest.hex, "compounds": "\(compounds)"])
  }
}

/// What is predicted, on the command line.
struct EndpointOptions: ParsableArguments {
  @Option(help: "The endpoint's name; of several columns each gives its own.")
  var endpoint: String?
  @Option(help: "The endpoint's unit; of potencies −log₁₀(mol/L) is known.")
  var unit: String?
  @Flag(help: "Less is better.")
  var lowerIsBetter = false
  @Option(help: "A column of measured values; repeat it for several tasks.")
  var valueColumn: [String] = []
  @Option(help: "The column that says =, < or >, where the values do not.")
  var relationColumn: String?
  @Flag(help: "The values are concentrations in nmol/L; they become −log₁₀(mol/L).")
  var nanomolar = false
  @Option(
    help: "regression or classification; where nothing is said, columns of 0 and 1 are classes.")
  var task: LearningTask.Kind?
  @Flag(help: "Learn the logarithm of values that spread over orders of magnitude.")
  var log = false
  @Flag(help: "Let both classes weigh the same, however rare one is.")
  var balance = false

  func validate() throws {
    if endpoint != nil, valueColumn.count > 1 {
      throw ValidationError("--endpoint names one endpoint, but there are several value columns")
    }
    if nanomolar, log {
      throw ValidationError("--nanomolar takes the logarithm already: leave --log out")
    }
    if nanomolar, task == .classification {
      throw ValidationError("--nanomolar makes numbers, which are no classes")
    }
  }

  var request: EndpointRequest {
    EndpointRequest(
      name: endpoint, unit: unit, kind: task, scale: log ? .logarithmic : .linear,
      higherIsBetter: !lowerIsBetter, balancesClasses: balance)
  }
}

/// What may be changed about families, on the command line.
struct FamilyOptions: ParsableArguments {
  @Option(help: "How often networks see all rows.")
  var epochs: Int?
  @Option(help: "Networks whose mean is the prediction; fewer are faster and less sure.")
  var members: Int?
  @Option(help: "The widths of the hidden layers, such as 512,256.")
  var hidden = LayerWidths([512, 256])
  @Option(
    help: """
      all is the most accurate and needs the time of many descriptors, ecfp4 screens from stored \
      fingerprints (default: four-counts for networks alone, else all).
      """)
  var features: FeatureChoice?

  func validate() throws {
    if let epochs, !(1...10_000).contains(epochs) {
      throw ValidationError("--epochs is 1 to 10000")
    }
    if let members, !(1...100).contains(members) { throw ValidationError("--members is 1 to 100") }
  }

  func settings(for models: [StandardModel]) -> StandardModel.Settings {
    // Networks are there to screen, where each more parse of a structure costs.
    let features = features ?? (models == [.network] ? .fourCounts : .all)
    return StandardModel.Settings(
      features: features.features, networks: members, epochs: epochs, hidden: hidden.widths)
  }
}

extension LearningTask.Kind: ExpressibleByArgument {}
extension SplitRule: ExpressibleByArgument {}

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
