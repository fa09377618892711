import ArgumentParser
import Campaigns
import Entities
import Foundation
import Records
import Screening
import TargetEvidence

struct TargetsDiseasesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diseases",
    abstract: "The diseases of evidence, most people in need first, with their best targets.",
    discussion: """
      Need (`osong public need`) decides which disease comes first, and moves no target within one. \
      Tab-separated: disease_id, disease, people_in_need with its 95 % interval, unmet share, go, hold, \
      no-go, best target, what a drug should do to it, score.

        osong targets diseases --evidence ldl.evidence --evidence rare.evidence --need need/need.tsv
      """)
  @Option(help: "A file of evidence; may be given again.") var evidence: [String]
  @Option(help: "The needs, as `osong public need` writes them.") var need: String?
  @Option(help: "What a drug should do: inhibit or activate.") var modulation: Modulation?
  @Option(name: .shortAndLong, help: "The table to write, or - for standard output.")
  var output = "-"
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard !evidence.isEmpty else { throw ValidationError("--evidence names a file of evidence") }
    guard modulation != .unknown else {
      throw ValidationError("--modulation is inhibit or activate")
    }
  }

  func run() throws {
    let overview = try DiseaseOverview(
      evidence: evidence.map { URL(filePath: $0) }, need: need.map { URL(filePath: $0) },
      wanted: modulation)
    let table = try DelimitedWriter(
      to: OutputDestination(argument: output), format: .tsv,
      header: [
        "disease_id", "disease", "people_in_need", "people_in_need_lower", "people_in_need_upper",
        "unmet", "go", "hold", "no_go", "best_target", "modulation", "score",
      ])
    for row in overview.rows { try table.write(fields(row)) }
    try table.finish()
    common.terminal.say("\(overview.rows.count) diseases")
  }

  private func fields(_ row: DiseaseOverview.Row) -> [String] {
    func number(_ value: Double?, _ decimals: Int) -> String { value?.fixed(decimals) ?? "" }
    func count(_ decision: TargetDecision) -> String {
      "\(row.targets.count { $0.decision == decision })"
    }
    let people = row.need?.people
    let best = row.targets.first { $0.decision == .go }
    return [
      row.disease.id, row.disease.name, number(people?.value, 0), number(people?.lower, 0),
      number(people?.upper, 0), number(row.need?.share.value, 4), count(.go), count(.hold),
      count(.noGo), best?.target.symbol ?? "", best?.modulation.rawValue ?? "",
      number(best?.score, 3),
    ]
  }
}
