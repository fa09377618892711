import ArgumentParser
import Campaigns
import CompoundLibrary
import Featurization
import Fingerprints
import Foundation
import Molecules
import Parallelism
import Screening

struct SearchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search", abstract: "The most similar compounds of a library, exactly.")
  @Argument(help: "The library.") var library: String
  @Option(help: "The query as SMILES.") var query: String
  @Option(help: "How many compounds to name.") var top = 10
  @Option(help: "The least Tanimoto similarity, 0 to 1; without it the top ones.")
  var threshold: Double?
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if let threshold, !(0...1).contains(threshold) {
      throw ValidationError("--threshold is 0 to 1")
    }
    guard top > 0 else { throw ValidationError("--top is at least 1") }
  }

  func run() throws {
    let opened = try Library(at: URL(filePath: library))
    // A search trusts the stored popcounts.
    try opened.verify()
    let search = LibrarySearch(library: opened, pool: common.pool)
    let hits = try search.similar(
      to: query, top: top, threshold: threshold)
    let writer = try DelimitedWriter(
      to: .standardOutput, header: ["similarity", "id", "smiles"])
    for hit in hits { try writer.write([hit.similarity.fixed(4), hit.id, hit.smiles]) }
    try writer.finish()
  }
}
