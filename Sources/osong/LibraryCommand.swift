import ArgumentParser
import CompoundLibrary
import Featurization
import Foundation
import Molecules
import Parallelism
import Provenance
import Screening

struct LibraryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "library", abstract: "Compound libraries: build, look at, export.",
    subcommands: [Build.self, Info.self, Export.self])

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
        keepsDuplicateStructures: keepDuplicates, recordLimit: limit)
      if tautomers { options.preparation.standardizer = .canonicalTautomer }
      let builder = LibraryBuilder(
        at: URL(filePath: library), options: options,
        columns: ColumnSelection(
          structure: smilesColumn.map { .named($0) }, id: idColumn.map { .named($0) }),
        pool: common.pool)
      let stop = StopSignal()
      let terminal = common.terminal
      let limit = limit
      let counts = try builder.build(
        from: files.map { RecordSource(argument: $0) }, shouldStop: { stop.isRequested }
      ) { progress in
        let byCount = limit.map { Double(progress.records) / Double(max($0, 1)) }
        terminal.show(
          "library \(progress.records.grouped)", share: max(byCount ?? 0, progress.share ?? 0))
      }
      terminal.clear()
      let refused = counts.refused.values.reduce(0, +)
      let reasons = counts.refused.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
      try common.summarise(
        [
          "\(library): \(counts.kept.grouped) compounds of \(counts.read.grouped) records",
          refused == 0
            ? "refused: none"
            : "refused: \(reasons.joined(separator: ", ")) (\(library)/refused.csv)",
        ],
        json: ["kept": "\(counts.kept)", "read": "\(counts.read)", "refused": "\(refused)"])
      if let maxRefused, refused > maxRefused { throw ExitCode.tooManyRefused }
    }
  }

  struct Info: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "What a library holds.")
    @Argument(help: "The library.") var library: String
    @Flag(help: "Read everything and check every digest.") var verify = false
    @OptionGroup var common: CommonOptions

    func run() throws {
      let opened = try Library(at: URL(filePath: library))
      if verify { try opened.verify() }
      try common.summarise(
        [
          "compounds    \(opened.count.grouped)",
          "segments     \(opened.segments.count)",
          "fingerprint  \(opened.options.fingerprint)",
          "built from   \(opened.inputs.map(\.name).joined(separator: ", "))",
          "digest       \(opened.digest.hex)",
        ] + (verify ? ["every file has the digest noted at its writing"] : []),
        json: ["compounds": "\(opened.count)", "digest": opened.digest.hex])
    }
  }

  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Write a library as a table.")
    @Argument(help: "The library.") var library: String
    @Option(name: .shortAndLong, help: "The file to write, or - for standard output.")
    var output = "-"
    @OptionGroup var common: CommonOptions

    func run() throws {
      let opened = try Library(at: URL(filePath: library))
      let writer = try DelimitedWriter(
        to: OutputDestination(argument: output), header: ["smiles", "id"])
      for row in 0..<opened.rows where !opened.isDeleted(row) {
        try writer.write([opened.smiles(row), opened.id(row)])
      }
      try writer.finish()
    }
  }
}
