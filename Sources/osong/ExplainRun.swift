import Campaigns
import Entities
import Fingerprints
import Molecules
import Records
import Screening

/// `osong search --explain`: what each query reads.
struct ExplainRun {
  let search: LibrarySearch
  let similarity: SimilarityOptions
  let output: OutputDestination

  func run(_ queries: SearchQueryReader) throws {
    var reader = queries
    let writer = try DelimitedWriter(
      to: output,
      header: [
        "query_id", "neighbours", "columns", "popcounts", "pages", "blocks", "lines",
        "bytes", "candidates", "columns_in_order", "error",
      ])
    while let batch = try reader.next(QueryOptions.batch) {
      let plans = search.plans(
        for: batch.compactMap(\.query), top: similarity.wanted, threshold: similarity.threshold)
      var next = plans.makeIterator()
      for read in batch {
        switch read {
        case .refused(let record):
          let empty = [String](repeating: "", count: 9)
          try writer.write([record.id] + empty + [record.reason.description])
        case .query(let query):
          if let plan = next.next() { try writer.write(row(plan, query)) }
        }
      }
    }
    try writer.finish()
  }

  private func row(_ plan: SearchPlan, _ query: SearchQuery) -> [String] {
    let popcounts = plan.popcounts.map {
      $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)"
    }
    return [
      query.id, "\(plan.neighbours.count)", "\(plan.columns.count)",
      popcounts.joined(separator: " "), text(plan.pages), text(plan.blocks), text(plan.lines),
      text(plan.bytes), text(plan.candidates),
      plan.columns.map(String.init).joined(separator: " "), "",
    ]
  }

  private func text(_ part: SearchPlan.Part) -> String { "\(part.read)/\(part.total)" }
}
