import ArgumentParser
import Biobank
import Campaigns
import Governance
import Provenance
import Screening

struct CohortSimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate", abstract: "Make up a cohort after published numbers.",
    discussion: """
      People with rare variants in genes whose carriers and effects on LDL cholesterol were \
      published (Datasets/tables/ldl-simulation.csv), in genes without effect, and where wanted \
      common variants copied piece by piece from real people: those who were published, or whose \
      consents allow it. The effects go to the file --truth names and nowhere else; no other verb \
      reads it.

        osong cohort simulate --people 100000 --genes Datasets/tables/ldl-simulation.csv \\
          --null-genes 995 --seed 1 --truth truth.tsv -o made-up
        osong cohort burden --genotypes made-up --phenotypes made-up.traits.txt --trait LDL \\
          --covariates made-up.covariates.txt --annotations made-up.annotations \\
          --sets made-up.sets --masks made-up.masks --synthetic -o genes.csv

      Writes OUTPUT.bed, .bim, .fam, .traits.txt, .covariates.txt, .annotations, .sets, .masks and \
      .simulated.json, which says that the people are made up.
      """)
  @Option(help: "How many people.") var people: Int
  @Option(help: "Genes: gene, chromosome, position, carriers_one_in, effect, citation.")
  var genes: String
  @Option(help: "Genes without effect beside them.") var nullGenes = 0
  @Option(help: "Decides every random number.") var seed: UInt64 = 1
  @Flag(help: "The null twin: the same people, genotypes and noise, all effects 0.")
  var null = false
  @Option(help: "The prefix of real people's genotypes to copy common variants from.")
  var backbone: String?
  @Option(help: "The expected length of a copied piece, in base pairs.")
  var segmentLength = 1_000_000.0
  @Option(help: "The share of the trait's variance that the copied variants make.")
  var polygenic = 0.0
  @Flag(help: "The people of --backbone were published; nobody's consent is asked for again.")
  var published = false
  @OptionGroup(title: "Permission") var consents: ConsentOptions
  @Option(help: "The file for the effects of variants.") var truth: String?
  @Option(name: .shortAndLong, help: "The prefix of the files.") var output: String
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard people > 0 else { throw ValidationError("--people is at least 1, not \(people)") }
    guard nullGenes >= 0 else { throw ValidationError("--null-genes is at least 0") }
    guard segmentLength > 0, segmentLength.isFinite else {
      throw ValidationError("--segment-length is above 0")
    }
    guard polygenic >= 0, polygenic < 1 else {
      throw ValidationError("--polygenic is at least 0 and below 1")
    }
    let isPermitted = published || consents.consent != nil
    if backbone != nil {
      guard published != (consents.consent != nil) else {
        throw ValidationError(
          "name the consents of the people of --backbone with --consent, or say --published; "
            + "not both")
      }
    } else if isPermitted || polygenic > 0 {
      throw ValidationError("--published, --consent and --polygenic belong to --backbone")
    }
  }

  func run() throws {
    var simulation = CohortSimulation(
      table: try SimulationTable(path: genes), people: people, nullGenes: nullGenes, seed: seed)
    simulation.isNull = null
    simulation.pieceLength = segmentLength
    simulation.polygenic = polygenic
    simulation.backbone = backbone.map { ($0, nil) }
    let (made, snapshot) = try SimulationCampaign(
      simulation, permission: try consents.permission()
    ).run(to: output, truth: truth)
    var lines = [
      "\(people) made-up people, \(made.rare) rare variants in \(made.genes) genes"
        + (made.copied > 0 ? ", \(made.copied) variants copied" : ""),
      "LDL \(made.mean.fixed(1)) ± \(made.deviation.fixed(1)) mg/dL"
        + (null ? "; no gene has an effect" : ""),
    ]
    lines += made.carriers.map { "  \($0.gene): \($0.people) carriers" }
    if let snapshot { lines.append("consents: snapshot \(snapshot.id.hex)") }
    if let truth { lines.append("the truth: \(truth)") }
    try common.summarise(
      lines,
      json: [
        "people": "\(people)", "genes": "\(made.genes)", "rare_variants": "\(made.rare)",
        "copied_variants": "\(made.copied)", "seed": "\(seed)",
      ])
  }
}
