import ArgumentParser
import Campaigns
import Foundation
import Provenance
import Screening

struct LedgerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger", abstract: "What the nights of a collection said.",
    discussion: "`osong audit verify STORE` finds any byte that was altered since.",
    subcommands: [List.self, Show.self, Compact.self], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "All nights, and what they cost.")
    @Argument(help: "The store of a nightly plan.") var store: String
    @OptionGroup var common: CommonOptions

    func run() throws {
      let records = try NightLedger(NightStore(at: URL(filePath: store))).records()
      if common.json {
        print(String(decoding: try StableJSON.encode(records), as: UTF8.self), terminator: "")
        return
      }
      let rows = records.map { night in
        [
          "\(night.number)", night.day, "\(night.screens.count)",
          night.screens.reduce(0) { $0 + $1.newRows }.grouped,
          night.screens.reduce(0) { $0 + $1.knownRows }.grouped,
          night.screens.map { "\($0.name) \($0.hits.first?.id ?? "–")" }.joined(separator: ", "),
        ]
      }
      JobText.table([["night", "day", "lists", "new", "known", "first"]] + rows)
        .forEach { print($0) }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "The history of a compound: what was predicted, and where it stood.")
    @Argument(help: "The store of a nightly plan.") var store: String
    @Option(help: "The compound's identifier.") var id: String
    @Option(help: "Only this list.") var screen: String?
    @OptionGroup var common: CommonOptions

    func run() throws {
      let entries = try NightLedger(NightStore(at: URL(filePath: store)))
        .history(of: id, screen: screen)
      guard !entries.isEmpty else {
        throw NightError.missing("no night that is kept says anything of \(id)")
      }
      if common.json {
        print(String(decoding: try StableJSON.encode(entries), as: UTF8.self), terminator: "")
        return
      }
      let rows = entries.map {
        [
          "\($0.night)", $0.day, $0.screen, $0.model, $0.value?.fixed(3) ?? "unreadable",
          $0.place.map(String.init) ?? "",
        ]
      }
      JobText.table([["night", "day", "list", "model", "value", "place"]] + rows)
        .forEach { print($0) }
    }
  }

  struct Compact: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Remove the scores, models and libraries of old nights; their results stay.")
    @Argument(help: "The store of a nightly plan.") var store: String
    @Option(help: "How many of the last nights stay whole.") var keep: Int
    @OptionGroup var common: CommonOptions

    func validate() throws {
      if keep < 1 { throw ValidationError("--keep is at least 1") }
    }

    func run() throws {
      let removed = try NightLedger(NightStore(at: URL(filePath: store))).compact(keeping: keep)
      try common.summarise(
        [
          "removed \(removed.shards.grouped) shards of scores, \(removed.models) models, "
            + "\(removed.libraries) libraries"
        ],
        json: [
          "shards": "\(removed.shards)", "models": "\(removed.models)",
          "libraries": "\(removed.libraries)",
        ])
    }
  }
}
