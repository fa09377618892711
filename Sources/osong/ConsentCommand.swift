import ArgumentParser
import Foundation
import Governance
import Provenance

struct ConsentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "consent", abstract: "What people allow to be done with their data.",
    subcommands: [ConsentCheckCommand.self])
}

struct ConsentCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "How many people allow a purpose, and why the others do not.",
    discussion: """
      Default deny: a permission has to cover the purpose, every modifier has to be kept, and a \
      code that is not known denies. Names no person.

        osong consent check --consent consent.csv --purpose health --non-profit \\
          --country KR --day 2026-11-25
      """)
  @OptionGroup var consents: ConsentOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard consents.consent != nil else { throw ValidationError("--consent names the file") }
  }

  func run() throws {
    guard let (file, purpose) = try consents.permission() else { return }
    let register = try ConsentRegister(path: file)
    let snapshot = ConsentSnapshot(of: register, for: purpose, people: register.consents.keys)
    let people = register.consents.count
    let refusals = snapshot.refusals.sorted { one, other in
      one.value != other.value ? one.value > other.value : one.key < other.key
    }
    var lines = ["\(snapshot.allowed.count) of \(people) people allow it"]
    lines.append("snapshot \(snapshot.id.hex)")
    for (reason, count) in refusals { lines.append("  \(count) × \(reason)") }
    let summary: [String: String] = [
      "people": "\(people)", "allowed": "\(snapshot.allowed.count)", "snapshot": snapshot.id.hex,
    ]
    try common.summarise(lines, json: summary)
  }
}
