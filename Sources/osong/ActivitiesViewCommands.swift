import ArgumentParser
import BioactivityStore
import Campaigns
import Foundation
import Provenance
import Records
import Screening

struct ActivitiesTargetsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "targets", abstract: "The targets of a store, and how much is known of each.",
    discussion: """
      Tab-separated: uniprot, gene, compounds, measurements of Ki, IC50, Kd and EC50, name; the \
      targets with most compounds first.

        osong activities targets activities.store --gene PCSK9
      """)
  @Argument(help: "The store.") var store: String
  @Option(help: "A symbol: the approved one, an earlier one or an alias.") var gene: String?
  @Option(help: "An accession.") var uniprot: String?
  @Option(help: "Only targets with at least this many compounds.") var atLeast = 1
  @OptionGroup var common: CommonOptions

  func run() throws {
    let store = try BioactivityStore(at: URL(filePath: store), mayCreate: false)
    let found = try store.targets(
      matching: TargetQuery(gene: gene, uniprot: uniprot, atLeast: atLeast))
    if common.json {
      print(String(decoding: try StableJSON.encode(found), as: UTF8.self), terminator: "")
      return
    }
    if found.isEmpty { common.terminal.say("no such target has activities") }
    let table = try DelimitedWriter(
      to: .standardOutput, format: .tsv,
      header: ["uniprot", "gene", "compounds"] + ActivityEndpoint.allCases.map(\.rawValue)
        + ["name"])
    for target in found {
      let counts = ActivityEndpoint.allCases.map { "\(target.counts[$0] ?? 0)" }
      try table.write(
        [target.uniprot, target.gene ?? "", "\(target.compounds)"] + counts + [target.name])
    }
    try table.finish()
  }
}

struct ActivitiesExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "One target's activities, merged by compound, for `osong train`.",
    discussion: """
      Repeated measurements become their median; compounds whose measurements contradict one \
      another are left out, each with its reason. Bounds are written as >5.0 or <5.0, on the scale \
      of −log₁₀(mol/L).

        osong activities export activities.store --target PCSK9 --endpoint ic50 -o pcsk9.csv

      Writes OUTPUT, OUTPUT.refused.csv and OUTPUT.run.json. --endpoint any takes Ki, Kd and IC50 \
      for one, at the price of a wider spread.
      """)
  @Argument(help: "The store.") var store: String
  @Option(help: "An accession or a gene's symbol.") var target: String
  @Option(help: "ki, ic50, kd, ec50, or any for the first three together.")
  var endpoint: EndpointName = .ic50
  @Option(help: "Leave out compounds whose values have a larger standard deviation, in log units.")
  var maxSpread = CurationRules.default.largestSpread
  @Option(name: .shortAndLong, help: "The table to write.") var output: String
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard maxSpread > 0 else { throw ValidationError("--max-spread is above 0") }
    guard output != "-" else { throw ValidationError("-o names a file; others stand beside it") }
  }

  func run() throws {
    let store = try BioactivityStore(at: URL(filePath: store), mayCreate: false)
    let set = try ActivityExport(
      store: store, target: target, endpoint: endpoint.choice,
      rules: CurationRules(largestSpread: maxSpread)
    ).run(to: output)
    let bounds = set.rows.count { $0.activity.relation != .equal }
    let name = [set.target.gene, set.target.uniprot].compactMap { $0 }.joined(separator: ", ")
    var lines = [
      "\(name) (\(set.target.name)): \(set.rows.count.grouped) compounds, \(bounds.grouped) of "
        + "them bounds, from \(set.measurements.grouped) measurements"
    ]
    if !set.refused.isEmpty {
      lines.append("\(set.refused.count.grouped) contradict themselves: \(output).refused.csv")
    }
    if set.direction == .unknown { lines.append("the assays do not say: inhibitor or activator") }
    if set.rows.isEmpty {
      let there = set.target.counts.sorted { $0.key.rawValue < $1.key.rawValue }
        .map { "\($0.value) \($0.key.rawValue)" }
      lines.append("there is: \(there.joined(separator: ", ")) (choose by --endpoint)")
    }
    try common.summarise(
      lines,
      json: [
        "uniprot": set.target.uniprot, "compounds": "\(set.rows.count)", "bounds": "\(bounds)",
        "measurements": "\(set.measurements)", "refused": "\(set.refused.count)",
        "direction": set.direction.rawValue, "digest": set.digest.hex,
      ])
  }
}
