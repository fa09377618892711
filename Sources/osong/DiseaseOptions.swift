import ArgumentParser
import Campaigns
import Entities
import Foundation
import PropertyModels

/// What a screen needs that begins with a disease.
struct DiseaseOptions: ParsableArguments {
  @Option(
    help: """
      Begin with a disease, by its identifier: its targets are ranked, and the library is screened for \
      those that may be.
      """)
  var disease: String?
  @Option(help: "A file of evidence on targets (repeatable).") var evidence: [String] = []
  @Option(help: "What a drug should do, inhibit or activate (default: what the evidence asks).")
  var modulation: Modulation?
  @Option(help: "Targets for which small molecules are feasible, one symbol a line.")
  var tractable: String?
  @Option(help: "Cited effects of targets on one another: source, target, effect, citation.")
  var pathways: String?
  @Option(
    help: ArgumentHelp("A model chosen for a target (repeatable).", valueName: "symbol=model"))
  var targetModel: [TargetModel] = []
  @Option(help: "A store of measured activities (osong activities), to train on.")
  var activities: String?
  @Option(
    help: """
      Two towers (osong affinity train) for targets with too few ligands for a model of their own; used \
      only where their validation on hidden proteins passes, and needs --sequences.
      """)
  var affinityModel: String?
  @Option(help: "The targets' sequences: FASTA, or a table with columns gene and sequence.")
  var sequences: String?
  @Option(help: "A folder of models to take from, and to put newly trained ones on.")
  var shelf = "models.shelf"
  @Option(help: "The family that is trained for targets without a model (repeatable).")
  var family: [StandardModel] = [.network]
  @Option(help: "The most targets to screen for.") var targets = 3
  @Option(help: "From which potency a compound counts as active, in −log₁₀(mol/L).")
  var activeFrom = 7.0
  @Option(help: "How many hits of each screen the shortlist is chosen from.") var candidates = 300
  @Option(
    help: """
      A model whose predictions are told for each compound of the shortlist, such as of absorption or \
      toxicity (repeatable).
      """)
  var panel: [String] = []
  @Option(help: "An index of compounds in patents (osong patents build).") var patents: String?
  @Option(help: "Structures of drugs, to say how many have a lower prediction of --panel.")
  var drugs: String?
  @Option(help: "The most money for the shortlist, in the unit of --price.") var budget: Double?
  @Option(help: "What one compound costs.") var price: Double?
  @Flag(
    help: """
      Take also compounds outside the models' domains, where a chance is a guess: without it nobody is \
      asked to pay for one.
      """)
  var outsideDomain = false
  @Option(help: "0 counts expected actives, 1 expected series with an active.") var diversity = 0.5
  @Option(help: "Decides every random number of trainings.") var seed: UInt64 = 0

  func validate() throws {
    guard disease != nil else {
      guard evidence.isEmpty, targetModel.isEmpty, budget == nil, price == nil else {
        throw ValidationError("--evidence, --target-model, --budget and --price go with --disease")
      }
      return
    }
    guard !evidence.isEmpty else {
      throw ValidationError("--disease needs --evidence, a file as `osong evidence` makes it")
    }
    guard modulation != .unknown else {
      throw ValidationError("--modulation is inhibit or activate")
    }
    guard Set(targetModel.map(\.symbol)).count == targetModel.count else {
      throw ValidationError("--target-model names two models for one target")
    }
    guard (1...100).contains(targets) else { throw ValidationError("--targets is 1 to 100") }
    guard (0...1).contains(diversity) else { throw ValidationError("--diversity is 0 to 1") }
    guard (1...100_000).contains(candidates) else {
      throw ValidationError("--candidates is 1 to 100000")
    }
    guard (0...15).contains(activeFrom) else {
      throw ValidationError("--active-from is 0 to 15, such as 7 for 100 nmol/L")
    }
    guard (affinityModel == nil) == (sequences == nil) else {
      throw ValidationError("--affinity-model and --sequences go together")
    }
    guard drugs == nil || !panel.isEmpty else { throw ValidationError("--drugs goes with --panel") }
    if let price, !(price > 0 && price.isFinite) { throw ValidationError("--price is above 0") }
    if let budget {
      guard budget > 0, budget.isFinite else {
        throw ValidationError("--budget is above 0: for nothing there is nothing to buy")
      }
      guard price != nil else { throw ValidationError("--budget needs --price") }
    }
  }

  /// The plan of a run; `disease` is there.
  func plan(_ disease: String, count: Int?) -> DiseaseScreen.Plan {
    var plan = DiseaseScreen.Plan(
      targets: TargetCampaign(
        evidence: evidence.map { URL(filePath: $0) }, disease: disease, wanted: modulation,
        tractable: tractable.map { URL(filePath: $0) },
        pathways: pathways.map { URL(filePath: $0) }))
    plan.mostTargets = targets
    plan.models = Dictionary(
      targetModel.map { ($0.symbol, URL(filePath: $0.path)) }, uniquingKeysWith: { one, _ in one })
    if let affinityModel, let sequences {
      plan.related = (URL(filePath: affinityModel), URL(filePath: sequences))
    }
    plan.activeFrom = activeFrom
    plan.count = count ?? 100
    plan.budget = budget
    plan.price = price ?? 1
    plan.diversity = diversity
    plan.panel = panel.map { URL(filePath: $0) }
    plan.patents = patents.map { URL(filePath: $0) }
    plan.drugs = drugs.map { URL(filePath: $0) }
    return plan
  }
}

/// `HMGCR=hmgcr.model` on the command line.
struct TargetModel: ExpressibleByArgument {
  let symbol: String, path: String

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return nil }
    (symbol, path) = (parts[0], parts[1])
  }
}
