import ArgumentParser
import Campaigns
import Entities
import Foundation
import Molecules
import Parallelism
import PropertyModels
import Records
import Screening

struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict", abstract: "Predict every record of a file.",
    discussion: """
      Rows keep their order and their columns; a row that cannot be used has empty values and the \
      reason in the column error.
      """)
  @Argument(help: "The model folder.") var model: String
  @Argument(help: "Compounds: .smi, .csv, .tsv or .sdf, also .gz; - for standard input.")
  var input: String
  @Option(name: .shortAndLong, help: "The table to write, or - for standard output.")
  var output = "-"
  @Option(help: "The column of the SMILES.") var smilesColumn: String?
  @Option(help: "Exit with 4 when more records than this are refused.") var maxRefused: Int?
  @OptionGroup var common: CommonOptions

  func run() throws {
    let model = try CalibratedModel(at: URL(filePath: model), using: common.pool)
    let reader = try CompoundReader(
      RecordSource(argument: input),
      columns: ColumnSelection(structure: smilesColumn.map { .named($0) }))
    let table = PredictionTable(input: reader, tasks: model.tasks.map(\.name))
    let destination = OutputDestination(argument: output)
    let format: RecordFormat = RecordFormat(path: output) == .tsv ? .tsv : .csv
    let writer = try DelimitedWriter(to: destination, format: format, header: table.header)
    let campaign = try PredictionCampaign(model: model, pool: common.pool)
    let stop = StopSignal()
    let terminal = common.terminal
    var refused = 0
    var count = 0
    try campaign.run(on: reader) { record in
      if stop.isRequested { throw ExitCode.interrupted }
      if case .failure = record.outcome { refused += 1 }
      count += 1
      try writer.write(table.row(record))
      if count % 256 == 0, let total = reader.totalBytes {
        terminal.show("predicted \(count)", share: Double(reader.bytesRead) / Double(max(total, 1)))
      }
    }
    terminal.clear()
    try writer.finish()
    terminal.say("predicted \(count - refused) of \(count) records, \(refused) refused")
    if let maxRefused, refused > maxRefused { throw ExitCode.tooManyRefused }
  }
}

/// The columns of predictions beside those of the input.
struct PredictionTable {
  let header: [String]
  private let own: [String]
  private let hasStructureColumn: Bool

  init(input: CompoundReader, tasks: [String]) {
    hasStructureColumn = input.format != .sdf
    own = hasStructureColumn ? input.header : ["id", "smiles"] + input.header
    header = own + FreeNames.of(Self.columns(tasks), beside: own)
  }

  /// The nearest compound has a value for each task; only of several do the columns name it.
  private static func columns(_ tasks: [String]) -> [String] {
    tasks.flatMap { [$0, "\($0)_unc", "\($0)_lo", "\($0)_hi"] }
      + ["nn_id", "nn_smiles", "nn_sim"]
      + (tasks.count == 1 ? ["nn_value"] : tasks.map { "nn_value_\($0)" }) + ["in_domain"]
      + CompoundProperty.allCases.map(\.rawValue) + ["alerts", "scaffold", "error"]
  }

  func row(_ record: PredictedRecord) -> [String] {
    let compound = try? record.outcome.get()
    let before =
      hasStructureColumn
      ? record.fields : [record.id, compound?.smiles ?? ""] + record.fields
    switch record.outcome {
    case .failure(let reason):
      let empty = [String](repeating: "", count: header.count - own.count - 1)
      return before + empty + [reason.description]
    case .success(let compound):
      let numbers = compound.tasks.flatMap {
        [$0.value, $0.uncertainty, $0.lower, $0.upper].map { $0.fixed(4) }
      }
      let nearest = compound.nearest[0]
      let properties = CompoundProperty.allCases.map {
        $0.value(of: compound.profile.properties).fixed(3)
      }
      return before + numbers + [nearest.id, nearest.smiles, nearest.similarity.fixed(4)]
        + compound.nearest.map { $0.value.isNaN ? "" : $0.value.fixed(4) }
        + ["\(compound.inDomain)"] + properties
        + [compound.profile.alertNames.joined(separator: "|"), compound.profile.scaffold, ""]
    }
  }
}
