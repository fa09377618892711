import ArgumentParser
import Campaigns
import Screening

struct RandomisationCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mr", abstract: "Whether an exposure causes an outcome (Mendelian randomisation).",
    discussion: """
      A table of independent variants with their effects on both, of the same allele. All \
      estimates are told side by side: they fail in different ways, and a cause should survive \
      them. An intercept of Egger's regression that is not 0 says that the variants act by other \
      ways too.

        osong evidence mr lipids.csv --exposure beta_ldlc,se_ldlc --outcome beta_chd,se_chd
      """)
  @Argument(help: "The table, .csv or .tsv.") var table: String
  @Option(help: "The columns of effect and standard error on the exposure.") var exposure: String
  @Option(help: "The columns of effect and standard error on the outcome.") var outcome: String
  @OptionGroup var common: CommonOptions

  func validate() throws {
    for (option, text) in [("--exposure", exposure), ("--outcome", outcome)] {
      guard text.split(separator: ",").count == 2 else {
        throw ValidationError("\(option) names two columns, as in beta,se")
      }
    }
  }

  func run() throws {
    func columns(_ text: String) -> (beta: String, se: String) {
      let parts = text.split(separator: ",").map(String.init)
      return (parts[0], parts[1])
    }
    let found = try RandomisationTable(
      reading: table, exposure: columns(exposure), outcome: columns(outcome))
    var lines = ["\(found.variants) variants, \(found.refused) left out"]
    var values: [String: String] = ["variants": "\(found.variants)", "refused": "\(found.refused)"]
    for row in found.rows {
      let error = row.standardError.map { " ± \($0.fixed(4))" } ?? ""
      let p = row.pValue.map { ", p = \($0)" } ?? ""
      lines.append("  \(row.method): \(row.value.fixed(4))\(error)\(p)")
      values[row.method] = "\(row.value)"
    }
    lines.append(
      "  Cochran's Q \(found.cochranQ.fixed(2)), I² \((100 * found.heterogeneity).fixed(1)) %")
    try common.summarise(lines, json: values)
  }
}
