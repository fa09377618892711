import ArgumentParser
import Biobank
import Campaigns
import Foundation
import Governance

struct CohortQualityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "qc", abstract: "Which variants and people of a cohort can be built on.",
    discussion: """
      Call rates, frequencies, Hardy-Weinberg's exact test, inbreeding, sexes by X, kinship of all \
      pairs, and principal components of the people who are kept. People are read only where a \
      consent allows the purpose, or with --synthetic where they are made up. The folder gets \
      variants.tsv, people.tsv, kinship.tsv, components.tsv (for --covariates of other verbs), \
      keep.txt and summary.txt; all but the first and the last hold numbers of single people and \
      are working files.

        osong cohort qc --genotypes cohort --consent consent.csv --purpose health \\
          --day 2026-11-25 -o qc
      """)
  @Option(help: "The prefix of .bed, .bim and .fam.") var genotypes: String
  @Option(help: "The least share of people in whom a variant is known.")
  var variantCallRate = 0.95
  @Option(help: "The least share of variants that are known in a person.")
  var personCallRate = 0.95
  @Option(help: "The least p of Hardy and Weinberg's proportions.") var hardyWeinberg = 1e-6
  @Option(help: "The largest inbreeding coefficient F, of either sign.") var inbreeding = 0.2
  @Option(help: "Of people with a larger kinship one is left out.") var kinship = 0.0884
  @Option(help: "How many principal components.") var components = 10
  @Option(help: "The least frequency of a variant for the components.")
  var componentFrequency = 0.01
  @Option(help: "The seed of the components of more than 5,000 people.") var seed: UInt64 = 1
  @Flag(help: "The people are made up; nobody's consent is needed.") var synthetic = false
  @OptionGroup(title: "Permission") var consents: ConsentOptions
  @Option(name: .shortAndLong, help: "The folder for the tables.") var output: String
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard synthetic != (consents.consent != nil) else {
      throw ValidationError("name the consents with --consent, or say --synthetic; not both")
    }
    let shares = [
      ("--variant-call-rate", variantCallRate), ("--person-call-rate", personCallRate),
      ("--hardy-weinberg", hardyWeinberg), ("--inbreeding", inbreeding),
    ]
    for (name, share) in shares where !(0...1).contains(share) {
      throw ValidationError("\(name) is between 0 and 1, not \(share)")
    }
    // Below the fourth degree chance alone makes relatives of most pairs.
    guard kinship >= 0.0221, kinship <= 0.5 else {
      throw ValidationError("--kinship is at least 0.0221 and at most 0.5, not \(kinship)")
    }
    guard componentFrequency >= 0, componentFrequency < 0.5 else {
      throw ValidationError("--component-frequency is at least 0 and below 0.5")
    }
    guard (1...100).contains(components) else {
      throw ValidationError("--components takes 1 to 100, not \(components)")
    }
  }

  func run() throws {
    var thresholds = QualityThresholds()
    thresholds.variantCallRate = variantCallRate
    thresholds.personCallRate = personCallRate
    thresholds.hardyWeinberg = hardyWeinberg
    thresholds.inbreeding = inbreeding
    thresholds.kinship = kinship
    thresholds.components = components
    thresholds.componentFrequency = componentFrequency
    let campaign = QualityCampaign(
      genotypes: genotypes, thresholds: thresholds, seed: seed,
      permission: try consents.permission())
    let outcome = try campaign.run(common.pool)
    try campaign.write(outcome, to: URL(filePath: output))
    let quality = outcome.quality
    try common.summarise(
      outcome.summary,
      json: [
        "people": "\(quality.people.count)", "people_kept": "\(quality.kept.count)",
        "variants": "\(quality.variants.count)", "variants_kept": "\(quality.passing.count)",
        "pairs_of_relatives": "\(quality.relatives.count)",
      ])
  }
}
