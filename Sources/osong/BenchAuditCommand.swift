import ArgumentParser
import Campaigns
import Evaluation
import Foundation
import Screening

struct BenchAuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "Find out what would make a comparison on a table misleading.",
    discussion: """
      Looks for molecules on both sides of the split, labels that contradict each other, \
      identifiers or an order that give the label away, labels that have nothing to do with the \
      structures, and says how far resemblance alone gets. Exit code 3 with --strict and a fault.
      """)
  @Argument(help: "A table of activities, .csv or .tsv, also .gz.")
  var table: String
  @Option(help: "The rows to test on, in a table of their own.")
  var test: String?
  @Option(help: "The column that says train or test.")
  var splitColumn: String?
  @Option(help: "Without a test table or a split column: random or scaffold.")
  var split: AuditSplit?
  @Option(help: "The column of the measured value.")
  var valueColumn: String?
  @Option(help: "The column of the SMILES.")
  var smilesColumn: String?
  @Option(help: "The column of the identifier.")
  var idColumn: String?
  @Option(help: "Decides every random number.")
  var seed: UInt64 = 0
  @Option(name: .shortAndLong, help: "A folder for audit.json and pairs.csv.")
  var output: String?
  @Flag(help: "A fault ends with exit code 3.")
  var strict = false
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard [test, splitColumn, split?.rawValue].compactMap({ $0 }).count <= 1 else {
      throw ValidationError("--test, --split-column and --split exclude each other")
    }
  }

  func run() throws {
    let parts: AuditCampaign.Parts =
      switch (test, split) {
      case (let test?, _): .testFile(URL(filePath: test))
      case (_, .random?): .random(seed: seed)
      case (_, .scaffold?): .scaffold(seed: seed)
      default: .column(splitColumn)
      }
    let outcome = try AuditCampaign(
      table: URL(filePath: table), parts: parts, value: valueColumn, smiles: smilesColumn,
      id: idColumn, pool: common.pool
    ).run()
    if let output { try outcome.write(into: URL(filePath: output)) }
    let audit = outcome.audit
    let rows = { (name: String) in Int(audit.numbers[name] ?? 0).grouped }
    var lines = [
      "\(table), parted \(outcome.split): \(rows("train rows")) rows to learn from, "
        + "\(rows("test rows")) to test on, \(outcome.refused) refused",
      audit.verdict,
    ]
    lines += audit.findings.map { "  \($0.severity.rawValue): \($0.sentence)" }
    try common.summarise(
      lines,
      json: [
        "verdict": audit.verdict, "worst": audit.worst?.rawValue ?? "none",
        "findings": audit.findings.map { "\($0.severity.rawValue): \($0.sentence)" }
          .joined(separator: "\n"),
      ])
    if strict, audit.worst == .fault { throw ExitCode.badInput }
  }
}

/// A split on the command line.
enum AuditSplit: String, CaseIterable, ExpressibleByArgument {
  case random, scaffold
}
