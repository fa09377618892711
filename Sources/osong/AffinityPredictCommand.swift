import ArgumentParser
import Campaigns
import Entities
import Foundation
import PropertyModels
import Provenance
import Records
import Screening

struct AffinityPredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict", abstract: "Predict affinities to proteins that nobody has measured.",
    discussion: """
      Rows keep their order and their columns, one for each protein; a row that cannot be used has \
      empty values and the reason in the column error. A prediction is given only where validation on \
      hidden proteins passes for such compounds and such a protein; elsewhere the column gate says why \
      not.

        osong affinity predict davis.affinity library.smi --sequence target.fasta -o scores.csv

      Beside OUTPUT stands OUTPUT.run.json: what was read, and the gate's verdict on each protein.
      """)
  @Argument(help: "The model folder.") var model: String
  @Argument(help: "Compounds: .smi, .csv, .tsv or .sdf, also .gz; - for standard input.")
  var input: String
  @Option(help: "The proteins' chains: FASTA, or a table with a column sequence, also .gz.")
  var sequence: String
  @Option(name: .shortAndLong, help: "The table to write, or - for standard output.")
  var output = "-"
  @Flag(help: "Give the numbers that the gate does not let pass too; the column gate names them.")
  var ungated = false
  @Option(help: "The column of the SMILES.") var smilesColumn: String?
  @Option(help: "Exit with 4 when more records than this are refused.") var maxRefused: Int?
  @OptionGroup var common: CommonOptions

  func run() throws {
    let folder = URL(filePath: model)
    let model = try ValidatedAffinity(at: folder, using: common.pool)
    let proteins = try ProteinTable(RecordSource(argument: sequence))
    let scoring = AffinityScoring(model: model, proteins: proteins, pool: common.pool)
    let reader = try CompoundReader(
      RecordSource(argument: input),
      columns: ColumnSelection(structure: smilesColumn.map { .named($0) }))
    let table = AffinityScores(
      input: reader, scoring: scoring, task: model.task.name, proteins: proteins.ids,
      givesAll: ungated)
    let writer = try DelimitedWriter(
      to: OutputDestination(argument: output),
      format: RecordFormat(path: output) == .tsv ? .tsv : .csv, header: table.header)
    let stop = StopSignal()
    let terminal = common.terminal
    var counts = ["records": 0, "refused": 0, "usable": 0, "predictions": 0]
    try scoring.run(on: reader) { pair in
      if stop.isRequested { throw ExitCode.interrupted }
      let isFirst = pair.protein == 0
      if isFirst { counts["records", default: 0] += 1 }
      switch pair.outcome {
      case .failure: if isFirst { counts["refused", default: 0] += 1 }
      case .success(let found):
        counts["predictions", default: 0] += 1
        if scoring.objection(to: found.prediction, protein: pair.protein) == nil {
          counts["usable", default: 0] += 1
        }
      }
      try writer.write(table.row(pair))
      if isFirst, let total = reader.totalBytes {
        terminal.show("predicting", share: Double(reader.bytesRead) / Double(max(total, 1)))
      }
    }
    terminal.clear()
    try writer.finish()
    counts["refused proteins"] = proteins.refused.count
    if output != "-" { try record(scoring, proteins, folder, counts) }
    say(scoring, proteins, counts)
    if let maxRefused, counts["refused"] ?? 0 > maxRefused { throw ExitCode.tooManyRefused }
  }

  private func record(
    _ scoring: AffinityScoring, _ proteins: ProteinTable, _ folder: URL, _ counts: [String: Int]
  ) throws {
    var options = ["ungated": "\(ungated)"]
    for (protein, verdicts) in zip(proteins.ids, scoring.verdicts) {
      for (kind, verdict) in verdicts {
        options["\(protein), \(kind.rawValue) compounds"] = verdict.reason
      }
    }
    let inputs = try [input, sequence].filter { $0 != "-" }.map {
      try Artifact(fileAt: URL(filePath: $0))
    }
    let digest = try ValidatedAffinity.manifestDigest(of: folder)
    let run = RunRecord(
      verb: "affinity predict", options: options, inputs: inputs,
      models: [Artifact(name: folder.lastPathComponent, digest: digest)],
      outputs: [try Artifact(fileAt: URL(filePath: output))], counts: counts)
    try StableJSON.write(run, to: URL(filePath: output + ".run.json"))
  }

  private func say(
    _ scoring: AffinityScoring, _ proteins: ProteinTable, _ counts: [String: Int]
  ) {
    let terminal = common.terminal
    for record in proteins.refused.prefix(5) {
      terminal.say("sequence of line \(record.line) \(record.id) refused: \(record.reason)")
    }
    for (protein, verdicts) in zip(proteins.ids, scoring.verdicts).prefix(5) {
      for kind in ColdProtein.Compounds.allCases {
        guard let verdict = verdicts[kind] else { continue }
        terminal.say("\(protein), \(kind.rawValue) compounds: \(verdict.reason)")
      }
    }
    terminal.say(
      "\((counts["usable"] ?? 0).grouped) of \((counts["predictions"] ?? 0).grouped) predictions may "
        + "be used; \((counts["refused"] ?? 0).grouped) of \((counts["records"] ?? 0).grouped) records "
        + "refused")
  }
}

/// The columns of affinities beside those of the library.
struct AffinityScores {
  let header: [String]
  private let own: [String]
  private let hasStructureColumn: Bool
  private let scoring: AffinityScoring
  private let proteins: [String]
  private let givesAll: Bool

  init(
    input: CompoundReader, scoring: AffinityScoring, task: String, proteins: [String],
    givesAll: Bool
  ) {
    self.scoring = scoring
    self.proteins = proteins
    self.givesAll = givesAll
    hasStructureColumn = input.format != .sdf
    own = hasStructureColumn ? input.header : ["id", "smiles"] + input.header
    header =
      own
      + FreeNames.of(
        [
          "target", task, "gate", "nearest_protein", "cosine", "known_compound", "nn_id",
          "nn_smiles", "nn_sim", "in_domain", "error",
        ], beside: own)
  }

  func row(_ pair: ScoredPair) -> [String] {
    let found = try? pair.outcome.get()
    let before =
      hasStructureColumn ? pair.fields : [pair.id, found?.smiles ?? ""] + pair.fields
    let target = [proteins[pair.protein]]
    switch pair.outcome {
    case .failure(let reason):
      let empty = [String](repeating: "", count: header.count - own.count - 2)
      return before + target + empty + [reason.description]
    case .success(let found):
      let prediction = found.prediction
      let objection = scoring.objection(to: prediction, protein: pair.protein)
      let verdict = scoring.verdicts[pair.protein][prediction.kind]
      let nearest = prediction.nearest
      return before + target
        + [
          objection == nil || givesAll ? prediction.value.fixed(4) : "", objection ?? "passed",
          verdict?.nearest ?? "", verdict?.cosine.fixed(4) ?? "", "\(prediction.kind == .known)",
          nearest.compound.id, nearest.compound.smiles, nearest.similarity.fixed(4),
          "\(prediction.inDomain)", "",
        ]
    }
  }
}
