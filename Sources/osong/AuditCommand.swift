import ArgumentParser
import Campaigns
import Foundation
import Governance
import Provenance
import Screening

struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "What was done with people's data, and whether the record holds.",
    subcommands: [AuditVerifyCommand.self])
}

struct AuditVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check a journal, or the store of a nightly plan; names the first record altered.",
    discussion: "Exit code 3 where it is not what was written.")
  @Argument(help: "The journal, or the folder of the nights.") var journal: String
  @Option(help: "The digest of the last record, noted elsewhere: finds records cut off at the end.")
  var head: String?
  @OptionGroup var common: CommonOptions

  func run() throws {
    guard FileManager.default.fileExists(atPath: journal) else {
      throw GovernanceError.journal("there is no journal at \(journal)")
    }
    if (try? FileManager.default.contentsOfDirectory(atPath: journal)) != nil {
      return try verifyNights()
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

  private func verifyNights() throws {
    let noted = try head.map { text in
      guard let digest = Digest(hex: text) else {
        throw ValidationError("--head is a digest of 64 hexadecimal digits")
      }
      return digest
    }
    switch try NightLedger(NightStore(at: URL(filePath: journal))).verify(head: noted) {
    case .sound(let nights, let shards, let head):
      try common.summarise(
        ["\(journal) is sound: \(nights) nights, \(shards) shards of scores, head \(head.hex)"],
        json: [
          "verdict": "sound", "nights": "\(nights)", "shards": "\(shards)", "head": head.hex,
        ])
    case .broken(let night, let reason):
      try common.summarise(
        ["\(journal) is broken at night \(night): \(reason)"],
        json: ["verdict": "broken", "night": "\(night)", "reason": reason])
      throw ExitCode.badInput
    }
  }
}
