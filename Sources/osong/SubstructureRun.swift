import Campaigns
import CompoundLibrary
import Entities
import Molecules
import Records
import Screening

/// `osong search LIB --substructure SMARTS`.
struct SubstructureRun {
  let library: Library
  let smarts: String
  let top: Int?
  let output: OutputDestination
  let common: CommonOptions

  func run() throws {
    let pattern = try SubstructurePattern(smarts: smarts)
    let search = try LibrarySubstructures(of: pattern, in: library, pool: common.pool)
    let writer = try DelimitedWriter(
      to: output, header: ["query_id", "rank", "similarity", "id", "smiles", "error"])
    let stop = StopSignal()
    let terminal = common.terminal
    var (found, undecided) = (0, 0)
    try search.run(progress: { done, total in
      terminal.show("\(found.grouped) found", share: Double(done) / Double(max(total, 1)))
    }) { hit in
      if stop.isRequested { throw Interruption(of: "the search") }
      let (rank, error): (String, String) =
        switch hit.verdict {
        case .present: ("\(found + 1)", "")
        case .undecided: ("", "the search took too many steps: undecided")
        case .unreadable(let reason): ("", reason.description)
        }
      try writer.write(["substructure", rank, "", hit.id, hit.smiles, error])
      if hit.verdict == .present { found += 1 } else { undecided += 1 }
      return found < top ?? .max
    }
    terminal.clear()
    try writer.finish()
    terminal.say(
      "\(found.grouped) compounds hold \(smarts), \(undecided.grouped) undecided; "
        + "\(search.candidateCount.grouped) of \(library.count.grouped) had to be looked at")
  }
}
