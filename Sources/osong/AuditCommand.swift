import ArgumentParser
import Foundation
import Governance
import Screening

struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "What was done with people's data, and whether the record holds.",
    subcommands: [AuditVerifyCommand.self])
}

struct AuditVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Check a journal; names the first record that was altered.",
    discussion: "Exit code 3 where the journal is not what was written.")
  @Argument(help: "The journal.") var journal: String
  @Option(help: "The digest of the last record, noted elsewhere: finds records cut off at the end.")
  var head: String?
  @OptionGroup var common: CommonOptions

  func run() throws {
    guard FileManager.default.fileExists(atPath: journal) else {
      throw GovernanceError.journal("there is no journal at \(journal)")
    }
    switch AuditJournal(at: URL(filePath: journal)).verify(head: head) {
    case .sound(let records, let head):
      try common.summarise(
        ["\(journal) is sound: \(records.grouped) records, head \(head)"],
        json: ["verdict": "sound", "records": "\(records)", "head": head])
    case .broken(let record, let reason):
      try common.summarise(
        ["\(journal) is broken at record \(record): \(reason)"],
        json: ["verdict": "broken", "record": "\(record)", "reason": reason])
      throw ExitCode.badInput
    }
  }
}
