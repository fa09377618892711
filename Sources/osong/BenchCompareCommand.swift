import ArgumentParser
import Campaigns
import Evaluation
import Foundation
import Provenance
import Reporting

struct BenchCompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Say which model is better, by how much, and how sure that is.",
    discussion: """
      Reads the predictions of one or more runs on the same rows. With --against, a model that got \
      worse than in the earlier run, by more than chance and by enough to matter, ends the command \
      with exit code 5.
      """)
  @Argument(help: "Folders of `osong bench run`.")
  var runs: [String]
  @Option(name: .shortAndLong, help: "A folder for report.html, comparison.json and the tables.")
  var output: String?
  @Option(help: "The folder of an earlier run.")
  var against: String?
  @Option(help: "The level of the tests.")
  var level = 0.05
  @Flag(help: "Leave a model out where it lacks predictions, instead of refusing to compare.")
  var allowMissing = false
  @Flag(help: "Do not audit the data sets.")
  var noAudit = false
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard level > 0, level < 0.5 else { throw ValidationError("--level lies between 0 and 0.5") }
    guard !runs.isEmpty else { throw ValidationError("name a folder of `osong bench run`") }
  }

  func run() throws {
    let read = try runs.map { try BenchmarkRun(at: URL(filePath: $0)) }
    if let against { return try check(read, BenchmarkRun(at: URL(filePath: against))) }
    let terminal = common.terminal
    let comparison = try ComparisonCampaign(
      read, level: level, allowsMissing: allowMissing, audits: !noAudit, pool: common.pool
    ).run { terminal.show($0, share: $1) }
    terminal.clear()
    if let output {
      let folder = URL(filePath: output)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try StableJSON.write(comparison, to: folder.appending(path: "comparison.json"))
      try comparison.writeTables(into: folder)
      try AtomicFile.write(comparison.html(), to: folder.appending(path: "report.html"))
    }
    if common.json {
      print(String(decoding: try StableJSON.encode(comparison), as: UTF8.self), terminator: "")
    } else if !common.quiet {
      print(ComparisonText(comparison).lines.joined(separator: "\n"))
    }
  }

  private func check(_ runs: [BenchmarkRun], _ baseline: BenchmarkRun) throws {
    var worse = 0
    for run in runs {
      let check = try BaselineCheck(run, against: baseline, level: level, pool: common.pool)
      worse += check.regressions.count
      if common.json {
        print(String(decoding: try StableJSON.encode(check.changes), as: UTF8.self), terminator: "")
      } else if !common.quiet {
        for change in check.changes {
          print(
            "\(change.dataset)\t\(change.model)\t\(change.verdict.rawValue)"
              + "\t\(change.difference)\tp \(change.pValue)")
        }
      }
    }
    if worse > 0 { throw ExitCode.worse }
  }
}

extension ExitCode {
  /// A model got worse than the baseline.
  static let worse = ExitCode(5)
}
