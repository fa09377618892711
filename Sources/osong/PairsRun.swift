import Campaigns
import CompoundLibrary
import Entities
import Fingerprints
import Foundation
import Molecules
import Records
import Screening

/// `osong search LIB --pairs`: the library against itself.
struct PairsRun {
  let library: Library
  let metric: SimilarityMetric
  let threshold: Double
  let output: OutputDestination
  let common: CommonOptions

  func run() throws {
    let writer = try DelimitedWriter(to: output, header: ["id", "other_id", "similarity"])
    let stop = StopSignal()
    let terminal = common.terminal
    var found = 0
    try library.columns.pairs(
      atLeast: threshold, by: metric, where: { [library] in !library.isDeleted($0) },
      using: common.pool
    ) { pairs in
      if stop.isRequested { throw Interruption(of: "the search") }
      for pair in pairs {
        try writer.write([
          library.id(pair.first), library.id(pair.second), pair.similarity.fixed(4),
        ])
      }
      found += pairs.count
    }
    try writer.finish()
    terminal.say("\(found.grouped) pairs of \(library.count.grouped) compounds")
  }
}
