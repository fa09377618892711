import ArgumentParser
import Campaigns
import Entities
import Foundation
import Parallelism
import PropertyModels
import Provenance
import Records
import Screening

struct AffinityTrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Train two towers on pairs of compounds and proteins.",
    discussion: """
      The table needs a column of SMILES, one that names the protein (protein_id, protein, target, \
      uniprot, …) and one of values; rows of one pair become their mean, bounds such as >10 are left \
      out. The proteins are FASTA, or a table with a column sequence.

        osong affinity train davis.csv --proteins proteins.csv --value-column Kd --nanomolar \\
          --endpoint pKd -o davis.affinity

      First families of similar proteins are hidden in turn, with a part of the compounds, and what the \
      towers say of them is held against the compound's mean and the nearest relative's value; then all \
      pairs are learned from. The model says for which proteins it may be used. A run that was \
      interrupted begins anew.
      """)
  @Argument(help: "A table of measured pairs, .csv or .tsv, also .gz.") var pairs: String
  @Option(help: "The proteins' chains: FASTA, or a table with a column sequence, also .gz.")
  var proteins: String
  @Option(name: .shortAndLong, help: "The model folder to write.") var output: String
  @Option(help: "The model's name on its card.") var name: String?
  @Option(help: "The column that names the protein.") var proteinColumn: String?
  @Option(help: "The column of measured values.") var valueColumn: String?
  @Option(help: "The column that says =, < or >, where the values do not.")
  var relationColumn: String?
  @Option(help: "The column of the SMILES.") var smilesColumn: String?
  @Option(help: "The endpoint's name, such as pKd.") var endpoint: String?
  @Option(help: "The endpoint's unit; of potencies −log₁₀(mol/L) is known.") var unit: String?
  @Flag(help: "The values are concentrations in nmol/L; they become −log₁₀(mol/L).")
  var nanomolar = false
  @Option(help: "How often every pair is seen; few are better for proteins never seen.")
  var epochs = 15
  @Option(help: "Networks whose mean is the prediction.") var members = 1
  @Option(help: "The width of the hidden layers.") var width = 512
  @Option(help: "The pairs of a step; fewer for small tables.") var batch = 512
  @Option(help: "In how many parts proteins and compounds are hidden.") var folds = 5
  @Option(help: "From which cosine of their spectra proteins are hidden together, 0.1 to 1.")
  var familyCosine = ColdValidation.Plan().familyCosine
  @Option(help: "The data's licence, for the card.") var license = "not stated"
  @Option(help: "Decides every random number.") var seed: UInt64 = 0
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard (2...50).contains(folds) else { throw ValidationError("--folds is 2 to 50") }
    guard (0.1...1).contains(familyCosine) else {
      throw ValidationError("--family-cosine is 0.1 to 1")
    }
    if let flaw = settings.flaw { throw ValidationError("the settings ask for \(flaw)") }
  }

  private var settings: AffinityModel.Settings {
    var settings = AffinityModel.Settings()
    settings.epochs = epochs
    settings.members = members
    settings.batch = batch
    settings.tower = width
    settings.embedding = max(1, width / 4)
    settings.head = [width, max(1, width / 4)]
    return settings
  }

  private var request: AffinityRequest {
    var request = AffinityRequest(
      endpoint: EndpointRequest(name: endpoint, unit: unit, kind: .regression),
      columns: ActivityColumns(
        values: valueColumn.map { [$0] } ?? [], relation: relationColumn,
        scale: nanomolar ? .nanomolar : .endpoint,
        structure: ColumnSelection(structure: smilesColumn.map { .named($0) })),
      proteinColumn: proteinColumn, settings: settings, seed: seed)
    request.plan.folds = folds
    request.plan.familyCosine = familyCosine
    request.plan.seed = seed
    return request
  }

  func run() throws {
    for path in [pairs, proteins] where !FileManager.default.fileExists(atPath: path) {
      throw RecordError.notFound(source: path)
    }
    let inputs = try [pairs, proteins].map { try Artifact(fileAt: URL(filePath: $0)) }
    let folder = URL(filePath: output)
    let stop = StopSignal()
    let terminal = common.terminal
    let training = AffinityTraining(request, pool: common.pool)
    let outcome = try training.run(
      pairs: .file(pairs), proteins: .file(proteins), shouldStop: { stop.isRequested }
    ) { terminal.show($0, share: $1) }
    terminal.clear()
    let card = AffinityCard.card(
      of: outcome, name: name ?? folder.deletingPathExtension().lastPathComponent, data: inputs[0],
      license: license, request: request)
    let digest = try training.write(outcome, card: card, inputs: inputs, to: folder)
    try summarise(outcome, digest)
  }

  private func summarise(_ outcome: AffinityTraining.Outcome, _ digest: Digest) throws {
    let model = outcome.model
    let refused = outcome.refused.pairs + outcome.refused.proteins
    var lines = [
      "\(output): learned from \(outcome.pairs.grouped) pairs of "
        + "\(model.domain.compounds.count.grouped) compounds and \(model.proteinIDs.count.grouped) "
        + "proteins of \(model.validation.families.grouped) families, \(refused.count) rows refused"
    ]
    for record in refused.prefix(5) {
      lines.append("  line \(record.line) \(record.id): \(record.reason)")
    }
    var object = ["digest": digest.hex, "pairs": "\(outcome.pairs)"]
    for kind in ColdProtein.Compounds.allCases {
      guard let decision = model.decisions[kind] else { continue }
      let word = decision.passes ? "may be used" : "may not be used"
      let level = decision.level.map { " from a cosine of \($0.fixed(2))" } ?? ""
      lines.append("  for \(kind.rawValue) compounds it \(word)\(level): \(decision.reason)")
      object["\(kind.rawValue)_compounds"] = decision.passes ? "usable" : "not usable"
    }
    try common.summarise(lines, json: object)
  }
}
