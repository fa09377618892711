import ArgumentParser
import Campaigns
import CompoundLibrary
import Foundation
import Molecules
import Records
import Screening

struct SearchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search", abstract: "The most similar compounds of a library, exactly.",
    discussion: """
      One line for each compound found: query_id, rank, similarity, id, smiles, error. A query of a \
      file that cannot be used has one line with the reason. Queries are answered in their order, \
      as they come, also from standard input.

        osong search moses.olib --query 'CC(=O)Oc1ccccc1C(=O)O' --top 10
        osong search moses.olib --queries actives.smi --threshold 0.6 -o found.csv
        osong search moses.olib --substructure 'C(=O)N[OH]' --top 100
        osong search moses.olib --pairs --threshold 0.8 -o pairs.csv
      """)
  @Argument(help: "The library.") var library: String
  @OptionGroup(title: "What is searched for") var queries: QueryOptions
  @OptionGroup(title: "What counts as similar") var similarity: SimilarityOptions
  @Option(name: .shortAndLong, help: "The table to write, or - for standard output.")
  var output = "-"
  @Option(help: "Also write a page with the structures drawn and what they share marked.")
  var report: String?
  @Flag(help: "Say what each query reads, and of how much, in place of its answer.")
  var explain = false
  @Option(help: "Exit with 4 when more queries than this are refused.") var maxRefused: Int?
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard queries.substructure == nil && !queries.pairs else {
      if report != nil || explain {
        throw ValidationError("--report and --explain are for queries only")
      }
      if queries.pairs, !similarity.hasPairs || similarity.top != nil {
        throw ValidationError("--pairs takes --threshold, a symmetric --metric, and no --top")
      }
      if queries.substructure != nil, similarity.threshold != nil {
        throw ValidationError("--substructure takes no --threshold")
      }
      return
    }
  }

  func run() throws {
    let opened = try Library(at: URL(filePath: library))
    let destination = OutputDestination(argument: output)
    if let smarts = queries.substructure {
      return try SubstructureRun(
        library: opened, smarts: smarts, top: similarity.top, output: destination, common: common
      ).run()
    }
    let metric = similarity.similarity(bitCount: opened.options.fingerprint.bitCount)
    if queries.pairs, let threshold = similarity.threshold {
      return try PairsRun(
        library: opened, metric: metric, threshold: threshold, output: destination, common: common
      ).run()
    }
    if explain {
      let search = LibrarySearch(library: opened, metric: metric, pool: common.pool)
      let reader = try queries.reader(for: opened, pool: common.pool)
      return try ExplainRun(search: search, similarity: similarity, output: destination)
        .run(reader)
    }
    try answer(opened, LibrarySearch(library: opened, metric: metric, pool: common.pool))
  }

  private func answer(_ opened: Library, _ search: LibrarySearch) throws {
    var reader = try queries.reader(for: opened, pool: common.pool)
    let table = try NeighbourTable(OutputDestination(argument: output))
    var page = SearchReport(library: opened, question: similarity.question, pool: common.pool)
    let stop = StopSignal()
    let terminal = common.terminal
    while let batch = try reader.next(QueryOptions.batch) {
      if stop.isRequested { throw ExitCode.interrupted }
      let asked = batch.compactMap(\.query)
      let answers = search.similar(
        to: asked, top: similarity.wanted, threshold: similarity.threshold)
      if report != nil { page.take(asked, answers) }
      var next = answers.makeIterator()
      for read in batch {
        switch read {
        case .refused(let record): try table.write(record)
        case .query(let query): try table.write(next.next() ?? [], for: query)
        }
      }
      try table.flush()
      terminal.show("searched \(table.queries.grouped) queries", share: reader.share ?? 0)
    }
    terminal.clear()
    try table.finish()
    if let report { try page.write(to: report, libraryName: library) }
    terminal.say(table.summary)
    if let maxRefused, table.refused > maxRefused { throw ExitCode.tooManyRefused }
  }
}
