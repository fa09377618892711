public import ArgumentParser
import Campaigns
import Foundation
public import Patents
import Records
import Screening

struct PatentsEmergenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "emergence", abstract: "Which classes, and which pairs of them, grow.",
    discussion: """
      A table of document (or family), class and year. Each class' share of the latest years is held \
      against the years before by Fisher's exact test; a pair must rise within both of its classes. \
      q-values by Benjamini and Hochberg. Where no years are known, --against another corpus says \
      what a corpus is rich in, and nothing about time.

        osong patents emergence families.csv --window 3 --depth main-group -o emergence/
        osong patents emergence CRISPR_ipc.tsv.gz --against Cyanobacteria_ipc.tsv.gz \\
          --depth group -o crispr/

      Writes classes.tsv, pairs.tsv, refused.tsv and run.json.
      """)
  @Argument(help: "The table, .csv or .tsv, also .gz; - for standard input.") var table: String
  @Option(help: "Years on each side.") var window: Int?
  @Option(help: "The last year of the latest window; the corpus' last otherwise.") var upTo: Int?
  @Option(help: "Another corpus to compare with, in place of earlier years.") var against: String?
  @Option(help: "How much of a symbol is kept: subclass, main-group or group.")
  var depth: ClassCorpus.Depth = .subclass
  @Flag(help: "Leave out pairs of classes.") var noPairs = false
  @Option(help: "The column of the document or family.") var idColumn: String?
  @Option(help: "The column of the class or classes.") var classColumn: String?
  @Option(help: "The column of the year or date.") var yearColumn: String?
  @Option(name: .shortAndLong, help: "The folder for the results.") var output: String
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard (1...50).contains(window ?? 3) else { throw ValidationError("--window is 1 to 50") }
    guard against == nil || (window == nil && upTo == nil) else {
      throw ValidationError("--against compares corpora; --window and --up-to are for years")
    }
  }

  func run() throws {
    var campaign = EmergenceCampaign(RecordSource(argument: table))
    campaign.columns = ClassCorpus.Columns(
      id: idColumn, symbol: classColumn, year: yearColumn)
    campaign.depth = depth
    campaign.countsPairs = !noPairs
    campaign.against =
      if let against {
        .corpus(RecordSource(argument: against))
      } else {
        .earlierYears(window: window ?? 3, last: upTo)
      }
    let outcome = try campaign.run()
    try campaign.write(outcome, to: URL(filePath: output))
    let (emergence, comparison) = (outcome.emergence, outcome.emergence.comparison)
    let classes = comparison.classes.filter { $0.qValue <= 0.05 }
    let pairs = comparison.pairs.filter { $0.qValue <= 0.05 }
    let refused = outcome.rows.flatMap(\.refused.values).reduce(0, +)
    let sides =
      if let late = emergence.late, let early = emergence.early {
        "\(late.lowerBound)–\(late.upperBound) against \(early.lowerBound)–\(early.upperBound)"
      } else { "against another corpus: richer in, not growing" }
    var lines = [
      "\(comparison.documents.grouped) documents and \(comparison.otherDocuments.grouped), \(sides)",
      "\(classes.count.grouped) of \(comparison.classes.count.grouped) classes and "
        + "\(pairs.count.grouped) of \(comparison.pairs.count.grouped) pairs at q ≤ .05",
      "\(emergence.leftOut.grouped) documents left out, \(refused.grouped) rows refused",
    ]
    for finding in classes.prefix(10) {
      lines.append(
        "  \(finding.classes.joined(separator: " + ")): \(finding.count.grouped) documents, "
          + "\(finding.ratio.fixed(2)) times the share")
    }
    try common.summarise(
      lines,
      json: [
        "documents": "\(comparison.documents)", "other_documents": "\(comparison.otherDocuments)",
        "classes": "\(classes.count)", "pairs": "\(pairs.count)", "refused": "\(refused)",
        "first": classes.first?.classes.first ?? "",
      ])
  }
}

extension ClassCorpus.Depth: ExpressibleByArgument {}
