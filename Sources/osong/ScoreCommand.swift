import ArgumentParser
import Campaigns
import CompoundLibrary
import Foundation
import Parallelism
import PropertyModels
import Provenance
import Screening

struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score", abstract: "Score a library into a folder that screens share.",
    discussion: """
      Makes the scores that nobody has made yet, in pieces of at most 65,536 compounds, and nothing \
      else. Any number of these may run at once on one folder, on one machine or on many that share \
      it: each piece is made by one of them. Then `osong screen … --scores FOLDER` finds all of \
      them there. What a killed run had finished stands.
      """)
  @Argument(help: "The library.") var library: String
  @Option(help: "The model folder.") var model: String
  @Option(help: "The task of the model that ranks, where it has several (default: the first).")
  var task: String?
  @Option(help: "predicted-value or cautious-bound.") var rank = RankingRule.predictedValue
  @Option(help: "The folder of scores.") var scores: String
  @OptionGroup var common: CommonOptions

  func run() throws {
    let stop = StopSignal()
    let terminal = common.terminal
    let opened = try Library(at: URL(filePath: library))
    let folder = try ModelFolder(at: URL(filePath: model), using: common.pool)
    let made = try LibraryScores(
      of: opened, by: folder.model, digest: folder.digest, task: folder.model.number(ofTask: task),
      ranking: rank, pool: common.pool, store: ScoreStore(at: URL(filePath: scores))
    ).complete(shouldStop: { stop.isRequested }) { terminal.show("scoring", share: $0) }
    terminal.clear()
    try common.summarise(
      ["\(scores): \(made.computed.grouped) compounds scored, \(made.known.grouped) were known"],
      json: ["computed": "\(made.computed)", "known": "\(made.known)"])
  }
}

extension CalibratedModel {
  /// The place of a task by its name; the first where none is named.
  func number(ofTask name: String?) throws -> Int {
    guard let name else { return 0 }
    guard let number = tasks.firstIndex(where: { $0.name == name }) else {
      let known = tasks.map(\.name).joined(separator: ", ")
      throw ValidationError("the model has no task \(name); there are \(known)")
    }
    return number
  }
}
