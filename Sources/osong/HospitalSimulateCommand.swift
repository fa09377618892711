import ArgumentParser
import Foundation
import Hospitals
import Provenance

struct HospitalSimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate", abstract: "A made-up hospital in the Common Data Model.",
    discussion: """
      Persons who never lived, some 60 rows each, version 5.4. One drug (1539403) raises the rate of \
      one condition (137967) by a known ratio while its era lasts. The same seed gives the same bytes.

        osong hospital simulate --people 50000 --ratio 2 --seed 7 -o cdm/
        osong hospital sccs --omop cdm/ --drug 1539403 --condition 137967 --risk 0:end -o result/
      """)
  @Option(help: "How many persons.") var people = 10_000
  @Option(help: "How much more often the condition comes during the drug.") var ratio = 2.0
  @Option(help: "The seed.") var seed: UInt64 = 1
  @Option(name: .shortAndLong, help: "The folder for the tables.") var output: String
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard (1...100_000_000).contains(people) else {
      throw ValidationError("--people is 1 to 100000000")
    }
    guard ratio > 0, ratio <= 100 else { throw ValidationError("--ratio is above 0, at most 100") }
  }

  func run() throws {
    var simulation = ModelSimulation(people: people, seed: seed)
    simulation.ratio = ratio
    let staged = try AtomicFolder(
      at: URL(filePath: output), replacing: .ifItHolds(RunRecord.fileName))
    let rows = try simulation.write(into: staged.staging.path)
    let record = RunRecord(
      verb: "hospital simulate", options: ["people": "\(people)", "ratio": "\(ratio)"], seed: seed,
      counts: ["persons": people, "rows": rows])
    try record.write(into: staged.staging)
    try staged.commit()
    try common.summarise(
      ["\(people) made-up persons, \(rows) rows: \(output)"],
      json: ["persons": "\(people)", "rows": "\(rows)"])
  }
}
