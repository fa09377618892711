import ArgumentParser
import Biobank

struct CohortSimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate", abstract: "A cohort of people who do not exist, for trying methods.",
    discussion: """
      Rare carriers at published rates, a trait that their genes change, and genes that do nothing; \
      with --backbone also common variants, copied in pieces from real genotypes. --null is the \
      twin in which nothing acts: the same genotypes and the same noise. The seed and the \
      publications stand in PREFIX.simulated.json and follow every number made from the cohort; \
      the effects stand in the file of --truth alone, which no other verb reads.

        osong cohort simulate --genes Datasets/tables/ldl-simulation.csv --people 100000 \\
          --null-genes 995 --seed 1 -o cohort --truth truth.tsv
      """)
  @Option(help: "The genes: gene, chromosome, position, carriers_one_in, effect, citations.")
  var genes: String
  @Option(help: "Genes that do nothing.") var nullGenes = 0
  @Option(help: "How many people.") var people: Int
  @Option(help: "The seed.") var seed: UInt64 = 1
  @Flag(help: "Nothing acts.") var null = false
  @Option(help: "The trait's name.") var trait = "LDL"
  @Option(help: "The trait's mean.") var mean = 130.0
  @Option(help: "The trait's standard deviation without the genes.") var deviation = 35.0
  @Option(help: "The prefix of real genotypes to copy common variants from.") var backbone: String?
  @Option(help: "How many variants a copied piece has, on average.") var pieceLength = 200.0
  @Option(help: "The share of the trait's variance that the copied variants make.")
  var polygenic = 0.0
  @Option(help: "The file for the truth.") var truth: String?
  @Option(name: .shortAndLong, help: "The prefix of the files.") var output: String
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard (20...10_000_000).contains(people) else {
      throw ValidationError("--people is 20 to 10000000")
    }
    guard (0...9_999).contains(nullGenes) else {
      throw ValidationError("--null-genes is 0 to 9999")
    }
    guard deviation > 0, pieceLength >= 1, (0..<1).contains(polygenic) else {
      throw ValidationError(
        "--deviation is above 0, --piece-length at least 1, --polygenic below 1")
    }
    guard polygenic == 0 || backbone != nil else {
      throw ValidationError("--polygenic needs --backbone")
    }
  }

  func run() throws {
    let simulation = CohortSimulation(
      genes: try SimulatedGene.reading(genes), nullGenes: nullGenes, people: people, seed: seed,
      isNull: null, trait: trait, mean: mean, deviation: deviation, backbone: backbone,
      pieceLength: pieceLength, polygenic: polygenic)
    let found = try simulation.write(prefix: output, truth: truth)
    var lines = [
      "\(people) people who do not exist, seed \(seed)\(null ? ", nothing acts" : "")",
      "\(found.rareVariants) rare variants, \(found.copiedVariants) copied ones",
    ]
    for (gene, carriers) in found.carriers.sorted(by: { $0.key < $1.key }) {
      lines.append("  \(gene): \(carriers) carriers")
    }
    try common.summarise(
      lines,
      json: [
        "people": "\(people)", "rare_variants": "\(found.rareVariants)",
        "copied_variants": "\(found.copiedVariants)",
      ])
  }
}
