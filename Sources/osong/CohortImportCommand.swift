public import ArgumentParser
public import Biobank

struct CohortImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Genotypes from VCF or BCF, for `osong cohort burden`.",
    discussion: """
      Reads .vcf, .vcf.gz or .bcf and writes PLINK's .bed, .bim and .fam; a record of several \
      alleles becomes a variant for each. Only what passed its filters is taken. What was left out \
      stands in PREFIX.refused.csv with its reason.

        osong cohort import calls.vcf.gz -o cohort --build GRCh38 --min-gq 20 --min-dp 10
      """)
  @Argument(help: "The calls: VCF, packed or not, or BCF.") var calls: String
  @Option(name: .shortAndLong, help: "The prefix of .bed, .bim and .fam.") var output: String
  @Option(help: "A list of the samples to take, one a line.") var samples: String?
  @Flag(help: "Take records too that did not pass their filters.") var filterAll = false
  @Option(help: "Genotypes of a lower quality (GQ) are missing.") var minGq: Double?
  @Option(help: "Genotypes of a lower depth (DP) are missing.") var minDp: Double?
  @Option(help: "Refuse calls of another build of the genome: GRCh37 or GRCh38.")
  var build: GenomeBuild?
  @OptionGroup var common: CommonOptions

  func run() throws {
    var options = VariantFile.Options()
    options.keepsFiltered = filterAll
    options.minimumQuality = minGq
    options.minimumDepth = minDp
    options.samples = try samples.map { try VariantImport.samples(listedIn: $0) }
    let done = try VariantImport(from: calls, to: output, options: options, build: build)
    try common.summarise(
      done.summary,
      json: [
        "people": "\(done.people)", "variants": "\(done.variants)", "missing": "\(done.missing)",
        "left_out": "\(done.refused.values.reduce(0, +))",
        "build": done.build?.rawValue ?? "unknown",
      ])
  }
}

extension GenomeBuild: ExpressibleByArgument {}
