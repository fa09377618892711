public import ArgumentParser
import Campaigns
import Entities
import Foundation
public import Governance
import Provenance
import Screening
import TargetEvidence

struct EvidenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evidence",
    abstract: "Reasons to think that a target matters in a disease, and in which direction.",
    discussion: """
      Evidence is kept in files of one record a line, which are only added to. \
      `osong targets rank` reads them.
      """,
    subcommands: [
      RareDiseaseCommand.self, EffectsCommand.self, RandomisationCommand.self,
      ColocalisationCommand.self, EvidenceSafetyCommand.self,
      EvidenceListCommand.self,
      EvidenceRetractCommand.self,
    ])
}

struct RareDiseaseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rare-disease",
    abstract: "Genes in which unrelated people with one rare disease have causal changes.",
    discussion: """
      Reads phenopackets (JSON, version 2), or three tables: individuals (id, disease_id, disease, \
      pmid), variants (id, gene, hgvs_c, …, zygosity, status) and phenotypes (id, hpo_id, \
      excluded). People are read only where a consent allows the purpose, or with --published \
      where all of them were published.

        osong evidence rare-disease --individuals individuals.csv.gz --variants variants.csv.gz \\
          --phenotypes phenotypes.csv.gz --mechanisms Datasets/tables/mechanisms.csv \\
          --published -o rare.evidence
      """)
  @Option(help: "Phenopackets: a .json, a .jsonl of one a line, or a folder of such files.")
  var phenopackets: String?
  @Option(help: "The table of people.") var individuals: String?
  @Option(help: "The table of their changes.") var variants: String?
  @Option(help: "The table of their signs.") var phenotypes: String?
  @Option(
    help:
      "What publications showed of mechanisms: gene, disease_id, direction, citation, experiment.")
  var mechanisms: String?
  @Option(help: "At least so many unrelated families; five where consents are asked.")
  var families = 2
  @Option(help: "Decides every random number.") var seed: UInt64 = 0
  @OptionGroup var permission: PermissionOptions
  @Option(help: "An audit journal in which the reading is written down before it begins.")
  var journal: String?
  @Option(name: .shortAndLong, help: "The file of evidence to add to.") var output: String
  @OptionGroup var common: CommonOptions

  func validate() throws { _ = try source() }

  private func source() throws -> RareDiseaseCampaign.Source {
    if let phenopackets, individuals == nil, variants == nil, phenotypes == nil {
      return .phenopackets(phenopackets)
    }
    guard phenopackets == nil, let individuals, let variants else {
      throw ValidationError(
        "name the people with --phenopackets, or with --individuals and --variants; not both")
    }
    return .tables(individuals: individuals, variants: variants, phenotypes: phenotypes)
  }

  func run() throws {
    let source = try source()
    if let journal {
      try AuditJournal(at: URL(filePath: journal)).append(
        actor: NSUserName(), action: "read rare disease cases",
        facts: [
          "permission": permission.consent.map { "consents of \($0)" } ?? "published",
          "purpose": permission.purpose?.rawValue ?? "", "people": source.people,
        ], at: Date())
    }
    let outcome = try RareDiseaseCampaign(
      source: source, mechanisms: mechanisms, permission: try permission.permission(),
      minimumFamilies: families, seed: seed
    ).run()
    let new = try EvidenceFile(at: URL(filePath: output)).append(outcome.records)
    let refused = outcome.refused.sorted { $0.key < $1.key }
    var lines = [
      "\(outcome.cases.grouped) people, \(outcome.genes.grouped) pairs of gene and disease, "
        + "\(outcome.records.count.grouped) records, \(new.grouped) of them new in \(output)"
    ]
    lines += refused.map { "  left out: \($0.value.grouped) × \($0.key)" }
    if let snapshot = outcome.snapshot {
      lines.append(
        "consents: \(snapshot.allowed.count.grouped) people, snapshot \(snapshot.id.short)")
      lines += snapshot.refusals.sorted { $0.key < $1.key }.map {
        "  not read: \($0.value.grouped) × \($0.key)"
      }
    }
    try common.summarise(
      lines,
      json: [
        "people": "\(outcome.cases)", "records": "\(outcome.records.count)", "new": "\(new)",
        "left_out": "\(refused.reduce(0) { $0 + $1.value })",
        "consent_snapshot": outcome.snapshot?.id.hex ?? "published",
      ])
  }
}

/// Why people may be read.
struct PermissionOptions: ParsableArguments {
  @Flag(help: "All people were published; nobody's consent is asked for again.")
  var published = false
  @OptionGroup var consents: ConsentOptions

  var consent: String? { consents.consent }
  var purpose: Purpose.Aim? { consents.purpose }

  func validate() throws {
    guard published != (consent != nil) else {
      throw ValidationError("name the consents with --consent, or say --published; not both")
    }
  }

  func permission() throws -> RareDiseaseCampaign.Permission {
    guard let found = try consents.permission() else { return .published }
    return .consents(file: found.consents, purpose: found.purpose)
  }
}

extension Purpose.Aim: ExpressibleByArgument {}

struct EffectsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "effects", abstract: "Effects of genes that others published, from a table.",
    discussion: """
      Columns: gene, disease_id, disease, datasource, direction_on_target (LoF, GoF, unknown), \
      direction_on_trait (risk, protective, unknown), citation; where known beta, se, \
      effect_scale, p, carriers, n, method, remark.
      """)
  @Argument(help: "The table, .csv or .tsv.") var table: String
  @Option(name: .shortAndLong, help: "The file of evidence to add to.") var output: String
  @OptionGroup var common: CommonOptions

  func run() throws {
    let table = try EffectTable(reading: table)
    let new = try EvidenceFile(at: URL(filePath: output)).append(table.records)
    try common.summarise(
      ["\(table.records.count) records, \(new) of them new in \(output)"]
        + table.refused.map { "  line \($0.line): \($0.reason)" },
      json: [
        "records": "\(table.records.count)", "new": "\(new)", "refused": "\(table.refused.count)",
      ])
  }
}

struct EvidenceListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "The diseases that a file of evidence is about.")
  @Argument(help: "The file of evidence.") var file: String
  @Option(help: "Only diseases whose name or code holds this text.") var find: String?
  @OptionGroup var common: CommonOptions

  func run() throws {
    let contents = try EvidenceFile(at: URL(filePath: file)).read()
    let word = find?.lowercased()
    let groups = Dictionary(grouping: contents.records, by: \.record.disease)
      .filter { disease, _ in
        word.map { disease.name.lowercased().contains($0) || disease.id.lowercased().contains($0) }
          ?? true
      }
      .sorted { ($1.value.count, $0.key.id) < ($0.value.count, $1.key.id) }
    var lines = groups.map { disease, records in
      "\(disease.id)\t\(records.count)\t\(Set(records.map(\.record.target.symbol)).count)\t\(disease.name)"
    }
    lines.insert("disease\trecords\ttargets\tname", at: 0)
    if !contents.refused.isEmpty { lines.append("\(contents.refused.count) lines cannot be read") }
    try common.summarise(
      lines,
      json: [
        "diseases": "\(groups.count)", "records": "\(contents.records.count)",
        "withdrawn": "\(contents.retractions.count)",
      ])
  }
}

struct EvidenceRetractCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retract",
    abstract: "Withdraw records: by a snapshot of consents that no longer holds, or by target.",
    discussion: """
      A withdrawn record stays in the file, with a line that says so; no ranking counts it.
      """)
  @Argument(help: "The file of evidence.") var file: String
  @Option(help: "All records of this snapshot of consents (its digest).") var snapshot: String?
  @Option(help: "All records of this target.") var target: String?
  @Option(help: "Why.") var reason: String
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard (snapshot == nil) != (target == nil) else {
      throw ValidationError("name either --snapshot or --target")
    }
    // The beginning of a digest will do, but nothing so short that others begin with it too.
    guard (snapshot ?? "12345678").count >= 8 else {
      throw ValidationError("--snapshot is a digest, or at least its first 8 digits")
    }
  }

  func run() throws {
    let evidence = EvidenceFile(at: URL(filePath: file))
    let ids = try evidence.read().records.filter { _, record in
      snapshot.map { (record.protection.consentSnapshot ?? "").hasPrefix($0) }
        ?? (record.target.symbol == target)
    }.map(\.id)
    let count = try evidence.retract(ids, reason: reason)
    try common.summarise(["\(count) records withdrawn"], json: ["withdrawn": "\(count)"])
  }
}
