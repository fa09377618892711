import ArgumentParser
import Campaigns
import Entities
import Foundation
import Provenance
import PublicSample
import Screening
import Statistics

struct PublicNeedCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "need", abstract: "Diseases by the people whose need is not met.",
    discussion: """
      Prevalence, crude and in a standard population, and the way from diagnosed to treated to \
      controlled, each with its interval. --diseases is a table of id, name, codes (E10-E14,!E10.9), \
      drugs (A10) and control (BLDS<126). Either one table, a person a row, or the published tables \
      of HIRA-NPS or NHIS-NSC by --file. Writes need.tsv and run.json.

        osong public need people.csv --diagnoses dx --drugs rx --age age --weight w \\
          --diseases diseases.tsv -o need/
        osong public need --file nsc-jk=jk.csv --file nsc-t20=t20.csv --file nsc-t40=t40.csv \\
          --file nsc-t60=t60.csv --file nsc-gj=gj.csv --everybody 50 --drug-codes atc.tsv \\
          --diseases diseases.tsv -o need/
      """)
  @Argument(help: "A table with a person a row; none where --file names the published tables.")
  var table: String?
  @Option(help: "The table of diseases.") var diseases: String
  @Option(help: "The column of diagnoses, several separated by ; or |.") var diagnoses: String?
  @Option(help: "The column of drugs, likewise.") var drugs: String?
  @Option(help: "The column of ages in years.") var age: String?
  @Option(help: "LAYOUT=PATH with one of the layouts hira-t20 … nsc-gj; may be given again.")
  var file: [String] = []
  @Option(help: "LAYOUT:ROLE=COLUMN where a file names a column otherwise; may be given again.")
  var rename: [String] = []
  @Flag(help: "The people of --file were drawn by sex and five years of age.")
  var stratified = false
  @Option(help: "Two columns: a drug's code in the tables, and the code that --diseases names.")
  var drugCodes: String?
  @Option(help: "A standard population (age, share); the WHO's world otherwise.")
  var standard: String?
  @OptionGroup(title: "Design") var design: DesignOptions
  @OptionGroup var journal: PublicJournalOptions
  @Option(name: .shortAndLong, help: "The folder for the results.") var output: String
  @OptionGroup var release: ReleaseOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard (table == nil) != file.isEmpty else {
      throw ValidationError("name one table, or the published ones with --file; not both")
    }
    guard table == nil || diagnoses != nil else {
      throw ValidationError("--diagnoses names the table's column of diagnoses")
    }
    let designColumns = [design.weight, design.strata].compactMap { $0 } + design.cluster
    guard table != nil || designColumns.isEmpty else {
      throw ValidationError(
        "the published tables carry their weights; use --everybody, --stratified and --rename")
    }
  }

  func run() throws {
    try journal.note("need", ["diseases": diseases, "tables": "\(max(1, file.count))"])
    var campaign = NeedCampaign(try source(), diseases: diseases)
    campaign.drugCodes = drugCodes
    if let standard { campaign.standard = try StandardPopulation(path: standard) }
    campaign.rule = release.rule
    let outcome = try campaign.run()
    try campaign.write(outcome, to: URL(filePath: output))
    var lines = ["\(outcome.people) people"]
    for (place, found) in outcome.diseases.prefix(20).enumerated() {
      let name = found.cascade.definition.disease.name
      guard found.release.unmet, let need = found.cascade.need else {
        lines.append("  \(place + 1). \(name): kept back, or nobody is known to have it")
        continue
      }
      let ends = [need.people.lower, need.people.upper].map { $0?.fixed(0) ?? "?" }
      lines.append(
        "  \(place + 1). \(name): \(need.people.value.fixed(0)) people in need "
          + "[\(ends[0]) – \(ends[1])], \((100 * need.share.value).fixed(1)) % of those who have it"
      )
    }
    for account in outcome.accounts {
      let refused = account.refused.values.reduce(0, +)
      lines.append("\(account.path): \(account.taken) rows taken, \(refused) refused")
    }
    try common.summarise(
      lines + Refusals.lines(outcome.refused),
      json: [
        "people": "\(outcome.people)", "diseases": "\(outcome.diseases.count)",
        "first": outcome.diseases.first?.cascade.definition.disease.id ?? "",
      ])
  }

  private func source() throws -> NeedCampaign.Source {
    if let table, let diagnoses {
      return .table(
        table, TablePeople(diagnoses: diagnoses, drugs: drugs, age: age), design.columns)
    }
    var renamed: [SampleLayout: [SampleLayout.Role: String]] = [:]
    for text in rename {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      let ends = (parts.first ?? "").split(separator: ":").map(String.init)
      guard parts.count == 2, ends.count == 2, let layout = SampleLayout(rawValue: ends[0]),
        let role = SampleLayout.Role(rawValue: ends[1])
      else { throw ValidationError("--rename is written LAYOUT:ROLE=COLUMN, not \(text)") }
      renamed[layout, default: [:]][role] = parts[1]
    }
    let files = try file.map { text in
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, let layout = SampleLayout(rawValue: parts[0]) else {
        let known = SampleLayout.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("--file is written LAYOUT=PATH with \(known), not \(text)")
      }
      return LayoutFile(layout, path: parts[1], renamed: renamed[layout] ?? [:])
    }
    return .files(
      files, everybody: design.everybody, isStratified: stratified,
      singleUnits: design.singleUnits)
  }
}
