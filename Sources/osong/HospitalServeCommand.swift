import ArgumentParser
import Campaigns
import Foundation
import HospitalNetwork
import Hospitals
import Provenance

struct HospitalKeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys", abstract: "Make one side's certificate, signing key and pins.",
    discussion: """
      Writes NAME.crt, NAME.key (the certificate's, by openssl), NAME.signing (Ed25519) and \
      NAME.pins.yaml, which is for the other side; nothing is overwritten. Hand the pins over by \
      a way that you trust: whoever changes them on the way stands in between.

        osong hospital keys seoul -o keys/
      """)
  @Argument(help: "The hospital's, or the coordinator's, name.") var name: String
  @Option(name: .shortAndLong, help: "The folder to write into.") var output = "."
  @Option(help: "Days until the certificate expires.") var days = 365
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard (1...3_650).contains(days) else { throw ValidationError("--days is 1 to 3650") }
  }

  func run() throws {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    let pins = try KeyMaker(searchPath: path).make(name, in: URL(filePath: output), days: days)
    try common.summarise(
      [
        "name: \(pins.name)", "certificate: \(pins.certificate)", "key: \(pins.key.hex)",
        "for the other side: \(output)/\(name).pins.yaml",
      ],
      json: [
        "name": pins.name, "certificate": "\(pins.certificate)", "key": pins.key.hex,
      ])
  }
}

struct HospitalServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Answer the questions of pinned coordinators on approved studies.",
    discussion: """
      Runs in the hospital. Nothing but sums over its persons leaves, each written into the journal \
      before; too few persons, small groups, places at which few weigh and too many rounds are refused. \
      docs/connect-a-hospital.md says what is protected and what is not.

        osong hospital serve --site site.yaml
      """)
  @Option(help: "The hospital's file.") var site: String
  @Option(help: "Seconds that a connection may take for one frame.") var patience = 30
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard (1...3_600).contains(patience) else {
      throw ValidationError("--patience is 1 to 3600 seconds")
    }
  }

  func run() throws {
    let file = URL(filePath: site).absoluteURL
    let terminal = common.terminal
    let node = try HospitalNode(
      try FederationFiles.read(SiteConfiguration.self, at: file),
      in: file.deletingLastPathComponent(), patience: .seconds(patience),
      study: FederationFiles.study, report: { terminal.say($0) })
    for entry in node.standing {
      let refusal = entry.refusal.map { ", nothing of it will be told: \($0)" } ?? ""
      terminal.say(
        "study \(entry.study.name) \(entry.study.digest.short): \(entry.persons) persons\(refusal)")
    }
    for (reason, count) in node.refusedRows.sorted(by: { $0.key < $1.key }) {
      terminal.say("\(count) rows refused: \(reason)")
    }
    let (name, host) = (node.pins.name, node.address.host)
    try Waiting.run {
      try await node.server.run(at: node.address) { port in
        terminal.say("\(name) answers at \(host):\(port) (control-C ends it)")
      }
    }
  }
}
