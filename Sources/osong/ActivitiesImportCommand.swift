import ArgumentParser
import BioactivityStore
import Foundation
import Provenance
import Records
import Screening

struct ActivitiesImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Take measured activities into a store.",
    discussion: """
      Units become nmol/L, bounds keep their sign, structures are standardised as `osong train` \
      does. Every row is either taken or refused with a reason. A file that is there already is \
      not taken twice, and an import that was killed goes on when the same command runs again.

        osong activities import a.store data/bindingdb/bindingdb.csv.gz --format bindingdb \\
          --genes data/bindingdb/hgnc.csv
        osong activities import a.store hmgcr.csv --format chembl --target P04035
        osong activities import a.store mine.csv --format table --value-column ic50_uM --unit uM \\
          --type IC50 --target PCSK9
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument { case bindingdb, chembl, table }

  @Argument(help: "The store, a file such as activities.store; made where there is none.")
  var store: String
  @Argument(help: "Tables, .csv or .tsv, also .gz.") var files: [String] = []
  @Option(help: "bindingdb (of `osong data get`), chembl (its exports), or table.")
  var format: Format
  @Option(help: "Symbols of genes, the hgnc.csv of `osong data get bindingdb`.")
  var genes: String?
  @Option(help: "One accession for all rows; in a table also a symbol.") var target: String?
  @OptionGroup(title: "Columns of a table") var columns: ActivityColumnOptions
  @Option(help: "Exit with 4 when more rows than this are refused.") var maxRefused: Int?
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard genes != nil || !files.isEmpty else {
      throw ValidationError("name a table to import, or --genes")
    }
    if format == .bindingdb, target != nil {
      throw ValidationError("--target belongs to --format chembl and table")
    }
    if format == .table { _ = try columns.columns(target: target) }
  }

  private func layout() throws -> ActivityFormat {
    switch format {
    case .bindingdb: .bindingDB
    case .chembl: .chembl(target: target)
    case .table: .table(try columns.columns(target: target))
    }
  }

  func run() throws {
    let store = try BioactivityStore(at: URL(filePath: store))
    if let genes {
      let count = try store.importGenes(from: RecordSource(argument: genes))
      common.terminal.say("\(count.grouped) genes with a protein")
    }
    let stop = StopSignal()
    let terminal = common.terminal
    var reports: [ImportReport] = []
    for file in files {
      let report = try store.importActivities(
        from: RecordSource(argument: file), format: try layout(), pool: common.pool,
        shouldStop: { stop.isRequested },
        progress: { terminal.show("\($0.rows.grouped) rows", share: $0.share) })
      terminal.clear()
      guard let report else { throw ExitCode.interrupted }
      reports.append(report)
    }
    let refused = reports.reduce(0) { $0 + $1.rows - $1.taken }
    try common.summarise(
      reports.flatMap(lines),
      json: [
        "rows": "\(reports.reduce(0) { $0 + $1.rows })",
        "taken": "\(reports.reduce(0) { $0 + $1.taken })",
        "measurements": "\(reports.reduce(0) { $0 + $1.measurements })", "refused": "\(refused)",
      ])
    if let maxRefused, refused > maxRefused { throw ExitCode.tooManyRefused }
  }

  private func lines(_ report: ImportReport) -> [String] {
    let there = report.wasThere ? " (was there already)" : ""
    var lines = [
      "\(report.name)\(there): \(report.measurements.grouped) measurements from "
        + "\(report.taken.grouped) of \(report.rows.grouped) rows"
    ]
    for (title, counts) in [("rows", report.refused), ("single values", report.refusedValues)]
    where !counts.isEmpty {
      let reasons = counts.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
        .map { "\($0.value.grouped) \($0.key.rawValue)" }
      lines.append("  refused \(title): \(reasons.joined(separator: ", "))")
    }
    return lines
  }
}

/// Which columns a table of the user's own has.
struct ActivityColumnOptions: ParsableArguments {
  @Option(help: "The column of the SMILES.") var smilesColumn = "smiles"
  @Option(help: "The column of the numbers.") var valueColumn: String?
  @Option(help: "The column of relations, such as > or <.") var relationColumn: String?
  @Option(help: "The column of types: Ki, IC50, Kd, EC50, or pKi and so on.")
  var typeColumn: String?
  @Option(help: "The type of all numbers.") var type: String?
  @Option(help: "The column of units.") var unitColumn: String?
  @Option(help: "The unit of all numbers: pM, nM, uM, mM, M.") var unit: String?
  @Option(help: "The column of targets: accessions, or symbols.") var targetColumn: String?
  @Option(help: "The column of publications.") var referenceColumn: String?

  func columns(target: String?) throws -> ActivityTableColumns {
    guard let valueColumn else { throw ValidationError("--format table needs --value-column") }
    return ActivityTableColumns(
      smiles: smilesColumn, value: valueColumn,
      unit: try place(unitColumn, unit ?? (unitColumn == nil ? "nM" : nil), "unit"),
      relation: relationColumn, type: try place(typeColumn, type, "type"),
      target: try place(targetColumn, target, "target"), reference: referenceColumn)
  }

  private func place(
    _ column: String?, _ value: String?, _ name: String
  ) throws -> ActivityTableColumns.Place {
    switch (column, value) {
    case (let column?, nil): .column(column)
    case (nil, let value?): .fixed(value)
    default:
      throw ValidationError("--format table needs either --\(name)-column or --\(name), not both")
    }
  }
}
