import Entities
import Foundation
import Patents
import Provenance
import Records

/// Reads all tables of a corpus into an intake, and notes what became of each row.
struct CorpusReading {
  let build: PatentIndexBuild
  let shouldStop: () -> Bool
  let progress: (PatentIndexBuild.Stage, Double?) -> Void

  struct Outcome {
    var inputs: [CorpusManifest.Input] = []
    var marks: [CorpusMark: Int] = [:]
  }

  func read(
    _ sources: [RecordSource], into intake: CorpusIntake, _ refused: RefusedRows
  ) throws -> Outcome {
    let marks = MarkCounts()
    var outcome = Outcome()
    var name = ""
    var reader = CorpusReader(
      take: { try intake.take($0) },
      refuse: { try refused.add($0, input: name) }, mark: { marks.counts[$0, default: 0] += 1 })
    reader.columns = build.columns
    reader.upTo = build.upTo
    for (place, source) in sources.enumerated() {
      name = source.fileName
      intake.input = place
      reader.progress = { share in
        if shouldStop() { throw Interruption(of: "building the patent index") }
        progress(.reading, share.map { (Double(place) + $0) / Double(sources.count) })
      }
      let digest: Digest? =
        if case .file(let path) = source { try Digest(ofFileAt: URL(filePath: path)) } else {
          nil
        }
      let (layout, counts) = try reader.read(source)
      outcome.inputs.append(
        CorpusManifest.Input(name: name, digest: digest, layout: layout, counts: counts))
    }
    try check(Set(outcome.inputs.map(\.layout)))
    // Its files are small and refer to one another: what they say comes last.
    for number in reader.orangeBook.listings.keys.sorted(by: { $0.text < $1.text }) {
      try intake.take(.facts(.number(number), reader.orangeBook.facts(number)))
    }
    outcome.marks = marks.counts
    return outcome
  }

  /// A table that only another one makes sense of must not be read alone.
  private func check(_ layouts: Set<PatentLayout>) throws {
    let needs: [(PatentLayout, PatentLayout)] = [
      (.links, .compounds), (.links, .patents), (.compounds, .links),
      (.applications, .publications), (.applicationClasses, .publications),
    ]
    for (has, needed) in needs where layouts.contains(has) && !layouts.contains(needed) {
      throw PatentError.missingTable(has: has.rawValue, needs: needed.rawValue)
    }
  }

  private final class MarkCounts { var counts: [CorpusMark: Int] = [:] }
}

/// The table of rows that were not taken.
final class RefusedRows {
  private let table: DelimitedWriter

  init(at url: URL) throws {
    table = try DelimitedWriter(
      to: .file(url.path), header: ["input", "line", "id", "code", "reason"])
  }

  func add(_ record: RefusedRecord, input: String) throws {
    try table.write([
      input, record.line > 0 ? "\(record.line)" : "", record.id, record.reason.code,
      "\(record.reason)",
    ])
  }

  func finish() throws { try table.finish() }
}
