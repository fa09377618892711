import Campaigns
import Entities
import Molecules
import Records
import Screening

/// The table of a search, written as answers come.
final class NeighbourTable {
  private let writer: DelimitedWriter
  private(set) var queries = 0
  private(set) var refused = 0
  private var found = 0
  private var unanswered = 0

  init(_ destination: OutputDestination) throws {
    writer = try DelimitedWriter(
      to: destination, header: ["query_id", "rank", "similarity", "id", "smiles", "error"])
  }

  func write(_ compounds: [SimilarCompound], for query: SearchQuery) throws {
    queries += 1
    found += compounds.count
    if compounds.isEmpty { unanswered += 1 }
    for (place, compound) in compounds.enumerated() {
      try writer.write([
        query.id, "\(place + 1)", compound.similarity.fixed(4), compound.id, compound.smiles, "",
      ])
    }
  }

  func write(_ record: RefusedRecord) throws {
    queries += 1
    refused += 1
    let line = record.line > 0 ? "line \(record.line): " : ""
    try writer.write([record.id, "", "", "", "", line + record.reason.description])
  }

  func flush() throws { try writer.flush() }
  func finish() throws { try writer.finish() }

  var summary: String {
    "\(queries.grouped) queries, \(found.grouped) compounds found, "
      + "\(unanswered.grouped) queries without any, \(refused.grouped) refused"
  }
}
