public import ArgumentParser
public import Campaigns
import Foundation
import Governance
public import Hospitals
import Provenance
public import Statistics

struct HospitalSignalsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "signals",
    abstract: "Drugs and events that are reported together more often than chance would have it.",
    discussion: """
      Reads FDA's quarterly files (AERS and FAERS, by their folders; the newest report of each case \
      counts), tables of one row for each report, drug and event (CASEID, DRUG, AE, or id, var1, \
      var2), or a table of counts (a row for each event, a column for each drug; its total is the \
      sum of the cells, and the result says so).

        osong hospital signals faers_ascii_2022q3/ --role suspects --strata sex -o signals/
        osong hospital signals reports.csv.gz --drug simvastatin --event rhabdomyolysis -o statin/

      Writes signals.tsv (PRR, ROR, IC, EBGM with their bounds, q), refused.csv, summary.txt and \
      run.json. Reports that were not published need --unpublished: no pair is told then in whose \
      2×2 table a cell holds 1 to 4 reports, and the reading is written into a journal.

      With --omop, a hospital's own tables of the Common Data Model, a folder or a database: a report \
      is a day on which a person has a condition for the first time, with the drugs under way; drugs \
      and events are named by their concepts. They count as unpublished.

        osong hospital signals --omop cdm/ --journal audit.jsonl -o signals/
        osong hospital signals --omop postgresql://db.example/omop --schema cdm --drug 1539403 \
          --journal audit.jsonl -o simvastatin/
      """)
  @Argument(help: "Files, or folders of FDA's files.") var reports: [String] = []
  @Option(help: "A hospital's folder of tables, or its database, in place of reports.")
  var omop: String?
  @Option(help: "Days of observed time before a condition's first record.") var washout = 180
  @Option(help: "Days after a drug's end that count as under way.") var after = 30
  @Option(help: "eras or records; without it, eras where the hospital has rows of them.")
  var tables: ModelSeries.Tables?
  @OptionGroup var model: HospitalModelOptions
  @Option(help: "faers, tall or counts; a folder is faers, a file is tall where nothing is said.")
  var layout: SafetySignalCampaign.Layout?
  @Option(help: "The drugs of FDA's reports: primary, suspects or all.")
  var role: AgencyReports.Role = .primary
  @Option(help: "Their names: ingredient (where it is given) or product.")
  var nameBy: AgencyReports.Naming = .ingredient
  @Option(help: "Names are compared normalised, or as-written.")
  var names: NameRule.Style = .normalised
  @Option(help: "A table (name, standard) of drugs' names and what they stand for, such as salts.")
  var mapping: String?
  @Option(help: "Only this drug; may be given again.") var drug: [String] = []
  @Option(help: "Only this event; may be given again.") var event: [String] = []
  @Option(help: "The fewest reports of a pair that is told.") var minimum: Int?
  @Option(help: "Expect within strata: sex in FDA's files, a column of a tall table.")
  var strata: String?
  @Option(help: "How the mixture is fitted to counts above 0: mixture, or each (as openEBGM).")
  var truncation: GammaPoissonFit.Truncation = .mixture
  @Flag(help: "The reports are about people of a hospital and were not published.")
  var unpublished = false
  @Option(help: "An audit journal in which the reading is written down before it begins.")
  var journal: String?
  @Option(name: .shortAndLong, help: "The folder for the results.") var output: String
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if let minimum, minimum < 1 { throw ValidationError("--minimum is 1 or more") }
    if omop != nil {
      guard reports.isEmpty, layout == nil, mapping == nil, !unpublished else {
        throw ValidationError("--omop stands in place of reports, their layout and their names")
      }
      guard (0...3_650).contains(washout), (0...3_650).contains(after) else {
        throw ValidationError("--washout and --after are 0 to 3650 days")
      }
      guard strata == nil || strata == "sex" else {
        throw ValidationError("a hospital's persons are stratified by sex, not by \(strata ?? "")")
      }
    } else {
      guard !reports.isEmpty, layout != .omop else {
        throw ValidationError("name files of reports, or a hospital's tables with --omop")
      }
    }
    if isUnpublished {
      guard journal != nil else {
        throw ValidationError("reports that were not published need --journal")
      }
      guard minimum ?? 5 >= MinimumCell().minimum else {
        throw ValidationError(
          "--minimum is at least \(MinimumCell().minimum) for reports that were not published")
      }
    }
  }

  func run() throws {
    // An address that holds a password is refused before anything is written down.
    let campaign = try self.campaign()
    if let journal {
      try AuditJournal(at: URL(filePath: journal)).append(
        actor: NSUserName(), action: "read reports of suspected side effects",
        facts: [
          "reports": omop ?? reports.joined(separator: ", "),
          "permission": isUnpublished ? "aggregates only" : "published",
        ], at: Date())
    }
    let terminal = common.terminal
    terminal.show("reading and counting", share: 0)
    let outcome = try campaign.run(
      to: URL(filePath: output), pool: common.pool,
      timing: RunTiming(
        commandLine: CommandLine.arguments, startedAt: Date(), threads: common.threads)
    ) { terminal.say("reading \($0)") }
    terminal.clear()
    try common.summarise(
      outcome.summary + ["result: \(output)/signals.tsv"],
      json: outcome.counts.mapValues { "\($0)" }.merging([
        "denominator": outcome.reading.tally.denominator.rawValue
      ]) { one, _ in one })
  }

  /// A hospital's own records are never published.
  private var isUnpublished: Bool { unpublished || omop != nil }

  private func campaign() throws -> SafetySignalCampaign {
    var question = SignalDetection.Question(
      drugs: drug, events: event, minimum: minimum ?? (isUnpublished ? MinimumCell().minimum : 3),
      hidesSmallCells: isUnpublished)
    question.truncation = truncation
    if let omop {
      var reports = try ModelReports(try model.folder(omop), tables: tables)
      reports.washout = washout
      reports.after = after
      reports.isStratifiedBySex = strata != nil
      return SafetySignalCampaign(reports, question: question)
    }
    var campaign = SafetySignalCampaign(reports, layout: layout ?? guessed)
    campaign.role = role
    campaign.naming = nameBy
    campaign.style = names
    campaign.mapping = mapping
    campaign.strata = strata
    campaign.question = question
    return campaign
  }

  private var guessed: SafetySignalCampaign.Layout {
    let isFolder = reports.contains {
      (try? FileManager.default.contentsOfDirectory(atPath: $0)) != nil
    }
    return isFolder ? .faers : .tall
  }
}

extension SafetySignalCampaign.Layout: ExpressibleByArgument {}
extension AgencyReports.Role: ExpressibleByArgument {}
extension AgencyReports.Naming: ExpressibleByArgument {}
extension NameRule.Style: ExpressibleByArgument {}
extension GammaPoissonFit.Truncation: ExpressibleByArgument {}
