import ArgumentParser
import Campaigns
import Foundation
import Patents
import Provenance
import Records
import Screening

struct PatentsCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Where each compound of a file stands in the patents.",
    discussion: """
      Every row keeps its place and its columns, and gains what was found: the same structure, the \
      same connectivity, how many have its scaffold, the most similar one; with the document that \
      leads (claims before title, abstract, description; then the earliest), its family, earliest \
      day, assignee, and expiry where the Orange Book lists one.

        osong patents check sure.patents hits.csv --threshold 0.85 -o checked.csv

      With --json the findings themselves are written, one JSON object a line, in place of a table.
      """)
  @Argument(help: "The index of the patents.") var index: String
  @Argument(help: "Compounds: .smi, .csv, .tsv or .sdf, also .gz; - for standard input.")
  var input: String
  @Option(help: "The least Tanimoto similarity that counts, 0.3 to 1.") var threshold = 0.85
  @Option(name: .shortAndLong, help: "The table to write, or - for standard output.")
  var output = "-"
  @Option(help: "The column of the SMILES.") var smilesColumn: String?
  @Option(help: "Exit with 4 when more records than this are refused.") var maxRefused: Int?
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard (0.3...1).contains(threshold) else {
      throw ValidationError("--threshold is 0.3 to 1, not \(threshold)")
    }
  }

  func run() throws {
    let check = try PatentCheck(index: URL(filePath: index), pool: common.pool)
    let reader = try CompoundReader(
      RecordSource(argument: input),
      columns: ColumnSelection(structure: smilesColumn.map { .named($0) }))
    let table = PatentCheckTable(input: reader)
    let destination = OutputDestination(argument: output)
    let stop = StopSignal()
    let terminal = common.terminal
    func progress(_ share: Double?) throws {
      if stop.isRequested { throw ExitCode.interrupted }
      terminal.show("looking up", share: share ?? 0)
    }
    let counts: [PatentFinding.Status: Int]
    if common.json {
      let file = try OutputFile(destination)
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      counts = try table.run(
        on: reader, check, threshold: threshold,
        consume: { _, finding in
          let line = PatentLine(
            sentence: finding.sentence, status: finding.status, finding: finding)
          try file.write(String(decoding: try encoder.encode(line), as: UTF8.self) + "\n")
        }, progress: progress)
      try file.finish()
    } else {
      let writer = try DelimitedWriter(
        to: destination, format: RecordFormat(path: output) == .tsv ? .tsv : .csv,
        header: table.header)
      counts = try table.run(
        on: reader, check, threshold: threshold, consume: { row, _ in try writer.write(row) },
        progress: progress)
      try writer.finish()
    }
    terminal.clear()
    let parts = PatentFinding.Status.allCases.compactMap { status in
      counts[status].map { "\($0.grouped) \(status.rawValue)" }
    }
    terminal.say("\(parts.joined(separator: ", ")) in \(check.corpus.text)")
    if let maxRefused, counts[.refused] ?? 0 > maxRefused { throw ExitCode.tooManyRefused }
  }
}

/// A finding as a line of JSON, with its sentence and status beside it.
private struct PatentLine: Encodable {
  let sentence: String
  let status: PatentFinding.Status
  let finding: PatentFinding
}
