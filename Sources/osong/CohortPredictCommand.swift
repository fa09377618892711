import ArgumentParser
import Biobank
import Campaigns
import Governance
import Provenance
import Screening

struct CohortPredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict", abstract: "The trait as the genome predicts it, less each chromosome.",
    discussion: """
      The first of regenie's two steps: two levels of ridge regression, cross-validated. A scan \
      beside these predictions (`osong cohort scan --predictions`) is not misled by relatives and \
      ancestry, and sees less noise. Common, well-typed variants serve best; name them with \
      --variants. The file is regenie's .loco.

        osong cohort predict --genotypes array --phenotypes traits.txt --trait LDL \\
          --covariates c.txt --consent consent.csv --purpose health --day 2026-11-25 -o ldl.loco
        osong cohort scan --genotypes imputed … --predictions ldl.loco -o scan/
      """)
  @OptionGroup var study: CohortOptions
  @Option(help: "The variants to use, one name a line; all otherwise.") var variants: String?
  @Option(help: "Variants of a block: memory grows with people × block.") var blockSize = 1000
  @Option(name: .shortAndLong, help: "The file of predictions.") var output: String
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard (2...10_000).contains(blockSize) else {
      throw ValidationError("--block-size is 2 to 10000")
    }
  }

  func run() throws {
    var campaign = GenomePredictionCampaign(try study.study())
    campaign.blockSize = blockSize
    campaign.variants = variants
    let (people, snapshot, found) = try campaign.run(pool: common.pool)
    try found.predictions.write(to: output)
    var lines = [
      "\(people) people, \(found.variants) variants in \(found.blocks) blocks, "
        + "\(found.predictions.chromosomes.count) chromosomes"
    ]
    for (number, quality) in found.qualities.enumerated() {
      lines.append(
        "  share \(quality.share.fixed(2)): R² \(quality.rSquared.fixed(4)), "
          + "loss \(quality.loss.fixed(4))\(number == found.best ? "  (taken)" : "")")
    }
    lines.append("\(output) holds numbers of single people: a working file, not to be passed on")
    if let snapshot { lines.append("consents: snapshot \(snapshot.id.hex)") }
    try common.summarise(
      lines,
      json: [
        "people": "\(people)", "variants": "\(found.variants)",
        "r_squared": "\(found.qualities[found.best].rSquared)",
      ])
  }
}
