import ArgumentParser
import CompoundLibrary
import Featurization
import Foundation
import Molecules
import Parallelism
import Provenance
import Records
import Screening

struct LibraryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "library", abstract: "Compound libraries: build, change, look at, export.",
    discussion: """
      A library can be searched and screened while it is changed: who has it open keeps what was \
      there. One program at a time may change it.
      """,
    subcommands: [
      Build.self, Add.self, Remove.self, Compact.self, Info.self, Export.self,
    ])

  struct Build: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Build a library from .smi, .csv, .tsv or .sdf files, also .gz.",
      discussion: """
        Structures are standardised (largest fragment, normalised, uncharged). Refused and \
        duplicate records stand in refused.csv inside the library, each with its reason. A build \
        that was killed goes on when the same command runs again.
        """)
    @Argument(help: "The library to build, a folder such as moses.olib.")
    var library: String
    @Argument(help: "Input files, or - for standard input.")
    var files: [String]
    @Option(help: "Read at most this many records.")
    var limit: Int?
    @Option(help: "The column of the SMILES.")
    var smilesColumn: String?
    @Option(help: "The column of the identifier.")
    var idColumn: String?
    @Flag(help: "Keep compounds that repeat a structure under another identifier.")
    var keepDuplicates = false
    @Flag(
      help: ArgumentHelp(
        "Also store what a search for substructures screens by: it makes that search many times "
          + "faster and the library half as large again."))
    var substructures = false
    @Flag(help: "Bring structures to their canonical tautomer too; slow.")
    var tautomers = false
    @Option(help: "Exit with 4 when more records than this are refused.")
    var maxRefused: Int?
    @OptionGroup var common: CommonOptions

    func validate() throws {
      if let limit, limit < 1 { throw ValidationError("--limit is at least 1") }
      if let maxRefused, maxRefused < 0 { throw ValidationError("--max-refused is at least 0") }
    }

    func run() throws {
      var options = LibraryOptions(
        keepsDuplicateStructures: keepDuplicates, recordLimit: limit,
        substructureScreen: substructures)
      if tautomers { options.preparation.standardizer = .canonicalTautomer }
      let builder = LibraryBuilder(
        at: URL(filePath: library), options: options,
        columns: ColumnSelection(
          structure: smilesColumn.map { .named($0) }, id: idColumn.map { .named($0) }),
        pool: common.pool)
      let stop = StopSignal()
      let bar = LibraryBar(terminal: common.terminal, limit: limit)
      let counts = try builder.build(
        from: files.map { RecordSource(argument: $0) }, shouldStop: { stop.isRequested },
        progress: bar.show)
      common.terminal.clear()
      let refused = counts.refused.values.reduce(0, +)
      try common.summarise(
        [
          "\(library): \(counts.kept.grouped) compounds of \(counts.read.grouped) records",
          RefusalText.line(counts.refused, library: library),
        ],
        json: ["kept": "\(counts.kept)", "read": "\(counts.read)", "refused": "\(refused)"])
      if let maxRefused, refused > maxRefused { throw ExitCode.tooManyRefused }
    }
  }
}
