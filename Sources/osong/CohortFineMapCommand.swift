import ArgumentParser
import Biobank
import Campaigns
import Governance
import Provenance
import Records
import Screening

struct CohortFineMapCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "finemap", abstract: "Which variants of a region probably move a trait.",
    discussion: """
      SuSiE on the people of the cohort: a few effects, each of one variant, of which the \
      probability is shared out among neighbours that cannot be told apart. Sets of 95 % hold the \
      one that acts, if the cause is among the genotypes.

        osong cohort finemap --genotypes cohort --phenotypes traits.txt --trait LDL \\
          --covariates qc/components.tsv --region 19:11000000-11200000 --consent consent.csv \\
          --purpose health --day 2026-11-25 -o region.tsv
      """)
  @OptionGroup var study: CohortOptions
  @Option(help: "Chromosome and positions, 19:11000000-11200000.") var region: String
  @Option(name: .shortAndLong, help: "The table of variants, or - for standard output.")
  var output = "-"
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard GenomeRegion(region) != nil else {
      throw ValidationError("--region is written 19:11000000-11200000, not \(region)")
    }
  }

  func run() throws {
    guard let region = GenomeRegion(region) else { return }
    let (people, snapshot, found) = try FineMappingCampaign(
      try study.study(), region: region
    ).run()
    let table = try DelimitedWriter(
      to: OutputDestination(argument: output), format: .tsv, header: FineMappingCampaign.header)
    for row in found.rows { try table.write(FineMappingCampaign.row(row)) }
    try table.finish()
    var lines = ["\(people) people, \(found.rows.count) variants, \(found.leftOut) left out"]
    for (number, set) in found.sets.enumerated() {
      let members = found.rows.filter { $0.credibleSet == number + 1 }
      let best = members.max { $0.inclusion < $1.inclusion }
      lines.append(
        "  set \(number + 1): \(members.count) variants, \((100 * set.coverage).fixed(1)) %, "
          + "correlated by \(set.purity.fixed(2)) at least; first \(best?.variant.id ?? "")")
    }
    if found.sets.isEmpty { lines.append("  no set: nothing stands out") }
    if !found.isConverged { lines.append("  it did not come to rest: read it with care") }
    if let snapshot { lines.append("consents: snapshot \(snapshot.id.hex)") }
    for line in lines { common.terminal.say(line) }
  }
}
