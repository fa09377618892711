import ArgumentParser
import Campaigns
import Screening

struct ColocalisationCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "coloc", abstract: "Whether two traits share a cause in a region.",
    discussion: """
      A table of the variants of one region with their effects on both traits, of the same allele: \
      say, a gene's expression and a disease. Approximate Bayes factors, one cause a trait at most \
      (Giambartolomei et al. 2014). A shared cause makes a gene a likely target; two causes side \
      by side make it look like one.

        osong evidence coloc region.csv --variant snp --first beta_expression,se_expression \\
          --second beta_ldl,se_ldl --first-prior 0.15 --second-prior 0.15
      """)
  @Argument(help: "The table, .csv or .tsv.") var table: String
  @Option(help: "The column of the variants' names.") var variant = "variant"
  @Option(help: "The columns of effect and standard error on the first trait.") var first: String
  @Option(help: "The columns of effect and standard error on the second trait.") var second: String
  @Option(help: "Prior deviation of the first's effects: .15 of the trait's, .2 for cases.")
  var firstPrior = 0.15
  @Option(help: "Prior deviation of the second's effects.") var secondPrior = 0.15
  @OptionGroup var common: CommonOptions

  func validate() throws {
    for (option, text) in [("--first", first), ("--second", second)] {
      guard text.split(separator: ",").count == 2 else {
        throw ValidationError("\(option) names two columns, as in beta,se")
      }
    }
    guard firstPrior > 0, secondPrior > 0 else {
      throw ValidationError("prior deviations are above 0")
    }
  }

  func run() throws {
    func columns(_ text: String) -> (beta: String, se: String) {
      let parts = text.split(separator: ",").map(String.init)
      return (parts[0], parts[1])
    }
    let found = try ColocalisationTable(
      reading: table, name: variant, first: columns(first), second: columns(second),
      deviations: (firstPrior, secondPrior))
    let words = [
      "no cause", "a cause of the first only", "a cause of the second only",
      "two different causes", "one shared cause",
    ]
    var lines = ["\(found.variants.count) variants, \(found.refused) left out"]
    for (word, value) in zip(words, found.posteriors) {
      lines.append("  \(word): \(value.fixed(4))")
    }
    if let best = found.variants.first {
      lines.append("  if shared, most probably \(best.name) (\(best.probability.fixed(3)))")
    }
    var values = ["variants": "\(found.variants.count)", "refused": "\(found.refused)"]
    for (number, value) in found.posteriors.enumerated() { values["H\(number)"] = "\(value)" }
    values["best"] = found.variants.first?.name ?? ""
    try common.summarise(lines, json: values)
  }
}
