public import ArgumentParser
import Campaigns
import Foundation
public import Patents
import Provenance
import Records
import Screening

struct PatentsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "patents", abstract: "Which structures stand in which patents.",
    discussion: """
      An index is built from tables of patents and says of any compound where it, one of its \
      connectivity, or a similar one stands. It says what a corpus holds and up to which day, \
      nothing about novelty or the freedom to use a compound.
      """,
    subcommands: [
      Build.self, Info.self, PatentsCheckCommand.self, PatentsOutlookCommand.self,
      PatentsEmergenceCommand.self, PatentsCrowdingCommand.self,
    ])

  struct Build: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Build the index of a corpus from tables of patents, also .gz.",
      discussion: """
        Tables are known by their columns, and may be given in any order: SureChEMBL's map files, \
        or its compounds, patents and patent_compound_map as CSV or TSV (Parquet is not read); the \
        Orange Book's patent.txt, exclusivity.txt and products.txt; PATSTAT's tls201, tls209, \
        tls211 and tls224; PatentsView's tables; any table with a structure and a patent on each \
        row. Rows that cannot be taken stand in refused.csv inside the index.

          osong patents build sure.patents SureChEMBL_map_2024*.txt.gz patent.txt --name SureChEMBL
          osong patents build binding.patents bindingdb.csv.gz patent.txt \\
            --name 'patents of BindingDB' --up-to 2019-12-13
        """)
    @Argument(help: "The index to build, a folder such as sure.patents.") var index: String
    @Argument(help: "Tables: .csv, .tsv, .txt, also .gz; - for standard input.")
    var files: [String]
    @Option(help: "The corpus' name in sentences; the index' name without its ending otherwise.")
    var name: String?
    @Option(help: "The day up to which the corpus goes; otherwise the latest publication.")
    var upTo: String?
    @Option(
      help: "What the same connectivity is: inchi (first block of the key) or smiles (faster).")
    var connectivity: ConnectivityRule = .inchiKey
    @Option(help: "The column of the SMILES.") var smilesColumn: String?
    @Option(help: "The column of the patent's number.") var patentColumn: String?
    @Option(help: "The column of the publication date.") var dateColumn: String?
    @Option(help: "The column of the priority date.") var priorityColumn: String?
    @Option(help: "The column of the family.") var familyColumn: String?
    @Option(help: "The column of the assignee.") var assigneeColumn: String?
    @Option(help: "The column of the field.") var fieldColumn: String?
    @Option(help: "The column of the compound's identifier.") var idColumn: String?
    @Option(help: "Exit with 4 when more rows than this are refused.") var maxRefused: Int?
    @OptionGroup var common: CommonOptions

    func validate() throws {
      if let upTo, PatentDateText(upTo).date == nil {
        throw ValidationError("--up-to takes a day such as 2019-12-13, not \(upTo)")
      }
      if let maxRefused, maxRefused < 0 { throw ValidationError("--max-refused is at least 0") }
    }

    func run() throws {
      let folder = URL(filePath: index)
      var build = PatentIndexBuild(
        name: name ?? folder.deletingPathExtension().lastPathComponent,
        upTo: upTo.flatMap { PatentDateText($0).date })
      build.connectivity = connectivity
      build.columns = StructureColumns(
        smiles: smilesColumn, patent: patentColumn, date: dateColumn, priority: priorityColumn,
        family: familyColumn, assignee: assigneeColumn, field: fieldColumn, id: idColumn)
      let stop = StopSignal()
      let terminal = common.terminal
      let manifest = try build.build(
        from: files.map { RecordSource(argument: $0) }, to: folder, pool: common.pool,
        shouldStop: { stop.isRequested },
        progress: { terminal.show($0.rawValue, share: $1 ?? 0) })
      terminal.clear()
      try common.summarise(PatentIndexText.lines(manifest), json: PatentIndexText.json(manifest))
      let refused = manifest.inputs.reduce(0) { $0 + $1.counts.refused.values.reduce(0, +) }
      if let maxRefused, refused > maxRefused { throw ExitCode.tooManyRefused }
    }
  }

  struct Info: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "What an index was made of, and what became of every row.")
    @Argument(help: "The index.") var index: String
    @OptionGroup var common: CommonOptions

    func run() throws {
      let manifest = try PatentCheck(index: URL(filePath: index), pool: common.pool).manifest
      try common.summarise(PatentIndexText.lines(manifest), json: PatentIndexText.json(manifest))
    }
  }
}

extension ConnectivityRule: ExpressibleByArgument {}

/// What an index holds, for a reader and for a program.
enum PatentIndexText {
  static func lines(_ manifest: CorpusManifest) -> [String] {
    let counts = manifest.counts
    let latest = manifest.upTo.map { "\($0)" } ?? "not known"
    var lines = [
      "corpus       \(manifest.name), up to \(latest)",
      "compounds    \(counts.compounds.grouped), \(manifest.searchable.grouped) by similarity",
      "links        \(counts.links.grouped)",
      "documents    \(counts.documents.grouped), \(counts.datedDocuments.grouped) with a date, "
        + "\(counts.documentsWithExpiry.grouped) with a listed expiry",
      "families     \(counts.families.grouped)",
    ]
    for input in manifest.inputs {
      let refused = input.counts.refused.sorted { $0.key < $1.key }
        .map { ", \($0.value.grouped) \($0.key)" }.joined()
      lines.append(
        "read         \(input.name) (\(input.layout.rawValue)): "
          + "\(input.counts.taken.grouped) of \(input.counts.rows.grouped) rows\(refused)")
    }
    for (reason, count) in manifest.refusedStructures.sorted(by: { $0.key < $1.key }) {
      lines.append("refused      \(count.grouped) structures: \(reason)")
    }
    for (mark, count) in manifest.marks.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      lines.append("mark         \(count.grouped) \(mark.rawValue)")
    }
    return lines
  }

  static func json(_ manifest: CorpusManifest) -> [String: String] {
    let counts = manifest.counts
    let refused = manifest.inputs.reduce(0) { $0 + $1.counts.refused.values.reduce(0, +) }
    return [
      "name": manifest.name, "up_to": manifest.upTo.map { "\($0)" } ?? "",
      "compounds": "\(counts.compounds)", "searchable": "\(manifest.searchable)",
      "links": "\(counts.links)", "documents": "\(counts.documents)",
      "families": "\(counts.families)", "dated": "\(counts.datedDocuments)",
      "with_expiry": "\(counts.documentsWithExpiry)", "refused_rows": "\(refused)",
      "refused_structures": "\(manifest.refusedStructures.values.reduce(0, +))",
      "links_digest": manifest.links.hex, "library_digest": manifest.library.hex,
    ]
  }
}
