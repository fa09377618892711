import ArgumentParser
import Campaigns
import CompoundLibrary
import Entities
import Fingerprints
import Foundation
import Molecules
import Records
import Screening

struct PickCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pick", abstract: "Few compounds of a library that differ as much as can be.",
    discussion: """
      Each pick is the compound whose most similar earlier pick is the least similar (MaxMin). \
      Writes rank, id, smiles, similarity (Tanimoto to the most similar compound before it).

        osong pick moses.olib --count 384 --from in-house.smi -o plate.csv
      """)
  @Argument(help: "The library.") var library: String
  @Option(help: "How many compounds to pick.") var count: Int
  @Option(help: "Compounds at hand, which the picks must differ from: a file of structures.")
  var from: String?
  @Option(help: "The column of the SMILES in --from.") var smilesColumn: String?
  @Option(help: "Draws the first pick, without --from.") var seed: UInt64 = 0
  @Option(name: .shortAndLong, help: "The table to write, or - for standard output.")
  var output = "-"
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard count > 0 else { throw ValidationError("--count is at least 1, not \(count)") }
  }

  func run() throws {
    let opened = try Library(at: URL(filePath: library))
    let known = try knownCompounds(for: opened)
    let work = LibraryClustering(of: opened, pool: common.pool)
    let stop = StopSignal()
    let terminal = common.terminal
    let picks: [MaxMinPicker.Pick]
    do throws(ClusteringStopped) {
      picks = try work.picks(
        count, differentFrom: known, seed: seed, shouldStop: { stop.isRequested }
      ) { progress in
        terminal.show(
          "picked \(progress.found.grouped)",
          share: Double(progress.done) / Double(max(progress.total, 1)))
      }
    } catch { throw Interruption(of: "picking") }
    terminal.clear()
    let writer = try DelimitedWriter(
      to: OutputDestination(argument: output), header: ["rank", "id", "smiles", "similarity"])
    for (place, pick) in picks.enumerated() {
      try writer.write([
        "\(place + 1)", opened.id(pick.row), opened.smiles(pick.row),
        pick.similarity.map { $0.fixed(4) } ?? "",
      ])
    }
    try writer.finish()
    let closest = picks.compactMap(\.similarity).max().map { ", at most \($0.fixed(3)) alike" }
    terminal.say("\(picks.count.grouped) picked of \(opened.count.grouped)\(closest ?? "")")
  }

  /// The fingerprints of the compounds at hand; those that cannot be read are named and left out.
  private func knownCompounds(for library: Library) throws -> [Fingerprint] {
    guard let from else { return [] }
    let records = try CompoundReader(
      RecordSource(argument: from),
      columns: ColumnSelection(structure: smilesColumn.map { .named($0) }))
    var reader = SearchQueryReader(structures: records, for: library, pool: common.pool)
    var known: [Fingerprint] = []
    while let batch = try reader.next(QueryOptions.batch) {
      for read in batch {
        switch read {
        case .query(let query): known.append(query.fingerprint)
        case .refused(let record):
          common.terminal.say("left out: line \(record.line): \(record.reason)")
        }
      }
    }
    return known
  }
}
