import ArgumentParser
import CompoundLibrary
import Entities
import Foundation
import Molecules
import Records
import Screening

extension LibraryCommand {
  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Add compounds to a library, or replace them.",
      discussion: """
        A compound whose identifier or structure is there already is refused; with --replace one \
        of the same identifier takes the place of the old one. Refused records stand in \
        refused.csv inside the library. An addition that was killed goes on when the same command \
        runs again, and the library stays the old one until it is done.
        """)
    @Argument(help: "The library.") var library: String
    @Argument(help: "Input files, or - for standard input.") var files: [String]
    @Flag(help: "A compound of the same identifier is replaced.") var replace = false
    @Option(help: "Read at most this many records.") var limit: Int?
    @Option(help: "The column of the SMILES.") var smilesColumn: String?
    @Option(help: "The column of the identifier.") var idColumn: String?
    @Option(help: "Exit with 4 when more records than this are refused.") var maxRefused: Int?
    @OptionGroup var common: CommonOptions

    func validate() throws {
      if let limit, limit < 1 { throw ValidationError("--limit is at least 1") }
      if let maxRefused, maxRefused < 0 { throw ValidationError("--max-refused is at least 0") }
    }

    func run() throws {
      let editor = LibraryEditor(at: URL(filePath: library), pool: common.pool)
      let sources = files.map { RecordSource(argument: $0) }
      let columns = ColumnSelection(
        structure: smilesColumn.map { .named($0) }, id: idColumn.map { .named($0) })
      let stop = StopSignal()
      let bar = LibraryBar(terminal: common.terminal, limit: limit)
      let change =
        replace
        ? try editor.upsert(
          from: sources, columns: columns, limit: limit, shouldStop: { stop.isRequested },
          progress: bar.show)
        : try editor.add(
          from: sources, columns: columns, limit: limit, shouldStop: { stop.isRequested },
          progress: bar.show)
      common.terminal.clear()
      let refused = change.refused.values.reduce(0, +)
      try common.summarise(
        [
          "\(library): \(change.added.grouped) added, \(change.replaced.grouped) of them in place "
            + "of others; \(change.unchanged.grouped) there already; \(change.kept.grouped) "
            + "compounds now",
          RefusalText.line(change.refused, library: library),
        ],
        json: [
          "added": "\(change.added)", "replaced": "\(change.replaced)",
          "unchanged": "\(change.unchanged)", "read": "\(change.read)", "refused": "\(refused)",
          "kept": "\(change.kept)",
        ])
      if let maxRefused, refused > maxRefused { throw ExitCode.tooManyRefused }
    }
  }

  struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Remove compounds from a library by their identifiers.",
      discussion: "The rows stay on disk, marked, until `library compact`.")
    @Argument(help: "The library.") var library: String
    @Argument(help: "Identifiers.") var ids: [String] = []
    @Option(
      help: "A file with an identifier a line, or a table with a column of them; - for a pipe.")
    var list: String?
    @Option(help: "The column of the identifier in --list.") var idColumn: String?
    @Option(help: "Exit with 4 when more identifiers than this are unknown.") var maxRefused: Int?
    @OptionGroup var common: CommonOptions

    func validate() throws {
      guard ids.isEmpty != (list == nil) else {
        throw ValidationError("give identifiers, or --list with a file of them")
      }
    }

    func run() throws {
      let editor = LibraryEditor(at: URL(filePath: library), pool: common.pool)
      let change =
        try list.map {
          try editor.remove(
            listedIn: RecordSource(argument: $0),
            columns: ColumnSelection(id: idColumn.map { .named($0) }))
        } ?? editor.remove(ids)
      for record in change.notRemoved.prefix(20) {
        common.terminal.say("not removed: \(record.id): \(record.reason)")
      }
      if change.notRemoved.count > 20 {
        common.terminal.say("… and \((change.notRemoved.count - 20).grouped) more")
      }
      try common.summarise(
        [
          "\(library): \(change.removed.grouped) removed, \(change.notRemoved.count.grouped) not "
            + "there; \(change.kept.grouped) compounds now"
        ],
        json: [
          "removed": "\(change.removed)", "refused": "\(change.notRemoved.count)",
          "kept": "\(change.kept)",
        ])
      if let maxRefused, change.notRemoved.count > maxRefused { throw ExitCode.tooManyRefused }
    }
  }

  struct Compact: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write a library's compounds into few large segments, without the removed ones.")
    @Argument(help: "The library.") var library: String
    @OptionGroup var common: CommonOptions

    func run() throws {
      let editor = LibraryEditor(at: URL(filePath: library), pool: common.pool)
      let stop = StopSignal()
      let bar = LibraryBar(terminal: common.terminal, limit: nil)
      let change = try editor.compact(shouldStop: { stop.isRequested }, progress: bar.show)
      common.terminal.clear()
      try common.summarise(
        ["\(library): \(change.kept.grouped) compounds"], json: ["kept": "\(change.kept)"])
    }
  }
}

/// The progress of work on a library.
struct LibraryBar {
  let terminal: Terminal
  let limit: Int?

  func show(_ progress: LibraryProgress) {
    let byCount = limit.map { Double(progress.records) / Double(max($0, 1)) }
    terminal.show(
      "library \(progress.records.grouped)", share: max(byCount ?? 0, progress.share ?? 0))
  }
}

/// Refused records in a line.
enum RefusalText {
  static func line(_ counts: [String: Int], library: String) -> String {
    if counts.isEmpty { return "refused: none" }
    let reasons = counts.sorted { $0.key < $1.key }.map { "\($0.value.grouped) \($0.key)" }
    return "refused: \(reasons.joined(separator: ", ")) (\(library)/refused.csv)"
  }
}
