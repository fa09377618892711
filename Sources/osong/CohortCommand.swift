import ArgumentParser
import Campaigns
import Entities
import Foundation
import Governance
import Records
import Screening
import TargetEvidence

struct CohortCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cohort", abstract: "A cohort of people with genes and traits.",
    subcommands: [
      CohortImportCommand.self, CohortSimulateCommand.self, CohortQualityCommand.self,
      CohortPredictCommand.self,
      CohortScanCommand.self, CohortFineMapCommand.self, CohortBurdenCommand.self,
    ])
}

struct CohortBurdenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "burden", abstract: "Genes whose rare variants go with a trait.",
    discussion: """
      Burden, SKAT, SKAT-O, ACAT-V and ACAT-O of each gene under each mask. Genotypes are PLINK's .bed, \
      .bim and .fam; tables of people begin with FID IID; annotations, sets and masks are \
      regenie's, unchanged. People are read only where a consent allows the purpose, or with \
      --synthetic where they are made up. Genes with fewer than 5 carriers are not told.

        osong cohort burden --genotypes cohort --phenotypes traits.txt --trait LDL \\
          --annotations a.txt --sets s.txt --masks m.txt --consent consent.csv \\
          --purpose health --day 2026-11-25 -o genes.csv
      """)
  @OptionGroup var study: CohortOptions
  @Option(help: "Variant, set, annotation.") var annotations: String
  @Option(help: "Set, chromosome, position, variants.") var sets: String
  @Option(help: "Mask, annotations.") var masks: String
  @Option(help: "The highest frequency of a rare variant.") var frequency = 0.01
  @Option(help: "What the people have in common, `ancestry EAS` or `women`, for --evidence.")
  var stratum: String?
  @Option(help: "The trait as a disease, `EFO:0004611=LDL cholesterol`, for --evidence.")
  var disease: String?
  @Flag(help: "Less of the trait is worse.") var lessIsWorse = false
  @Option(help: "A file of evidence to add to.") var evidence: String?
  @Option(name: .shortAndLong, help: "The table of genes, or - for standard output.")
  var output = "-"
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard evidence == nil || disease != nil else {
      throw ValidationError("--evidence needs --disease")
    }
    guard frequency > 0, frequency <= 0.5 else {
      throw ValidationError("--frequency is above 0 and at most 0.5")
    }
  }

  func run() throws {
    let named = disease.map { text -> EvidenceDisease in
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      return EvidenceDisease(id: parts[0], name: parts.count > 1 ? parts[1] : parts[0])
    }
    var campaign = BurdenCampaign(
      try study.study(), annotations: annotations, sets: sets, masks: masks, disease: named,
      moreIsWorse: !lessIsWorse, frequency: frequency, isSynthetic: study.synthetic)
    campaign.stratum = stratum
    let outcome = try campaign.run()
    let table = try DelimitedWriter(
      to: OutputDestination(argument: output), header: BurdenCampaign.Outcome.header)
    for row in outcome.rows { try table.write(row) }
    try table.finish()
    let added = try evidence.map {
      try EvidenceFile(at: URL(filePath: $0)).append(outcome.records)
    }
    var lines = outcome.summary
    if let added { lines.append("\(added) new records of evidence") }
    for line in lines { common.terminal.say(line) }
  }
}

/// What a study of a cohort reads.
struct CohortOptions: ParsableArguments {
  @Option(help: "The prefix of .bed, .bim and .fam.") var genotypes: String
  @Option(help: "The table of traits: FID IID NAME….") var phenotypes: String
  @Option(help: "The trait's column.") var trait: String
  @Option(help: "The table of covariates.") var covariates: String?
  @Option(help: "A list of the people to look at: FID IID, such as keep.txt of `osong cohort qc`.")
  var keep: String?
  @Flag(help: "The people are made up; nobody's consent is needed.") var synthetic = false
  @OptionGroup(title: "Permission") var consents: ConsentOptions

  func validate() throws {
    guard synthetic != (consents.consent != nil) else {
      throw ValidationError("name the consents with --consent, or say --synthetic; not both")
    }
  }

  func study() throws -> CohortStudy {
    CohortStudy(
      genotypes: genotypes, phenotypes: phenotypes, covariates: covariates, trait: trait,
      keep: keep, permission: try consents.permission())
  }
}

/// The consents of a cohort and what the data are wanted for.
struct ConsentOptions: ParsableArguments {
  @Option(help: "The consents: participant, codes (DUO:…, separated by ;), withdrawn.")
  var consent: String?
  @Option(help: "What the data are for: health, disease, general, ancestry, methods or care.")
  var purpose: Purpose.Aim?
  @Option(help: "The diseases of the purpose, with their ancestors, separated by commas.")
  var purposeDiseases: String?
  @Option(help: "The country of use, by ISO 3166.") var country: String?
  @Option(help: "The day of use, as in 2026-11-25.") var day: String?
  @Flag(help: "A not-for-profit organisation asks.") var nonProfit = false
  @Flag(help: "The use is not commercial.") var nonCommercial = false
  @Flag(help: "An ethics committee approved.") var ethicsApproval = false
  @Flag(help: "Results will be published.") var willPublish = false

  func validate() throws {
    if consent != nil, purpose == nil || day == nil {
      throw ValidationError("--consent needs --purpose and --day")
    }
    if let day, !Purpose.isDay(day) {
      throw ValidationError("--day is a day such as 2026-11-25, not \(day)")
    }
  }

  /// The file of consents and the purpose; nil where no file is named.
  func permission() throws -> (consents: String, purpose: Purpose)? {
    guard let consent, let aim = purpose, let day else { return nil }
    var purpose = Purpose(aim: aim, day: day)
    purpose.isGenetic = true
    purpose.diseases = Set((purposeDiseases ?? "").split(separator: ",").map(String.init))
    purpose.country = country ?? ""
    purpose.isForProfit = !nonProfit
    purpose.isCommercial = !nonCommercial
    purpose.hasEthicsApproval = ethicsApproval
    purpose.willPublish = willPublish
    return (consent, purpose)
  }
}
