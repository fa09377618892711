import Campaigns
import CompoundLibrary
import Fingerprints
import Foundation
import Molecules
import Parallelism
import Provenance
import Reporting
import Screening

/// Gathers what the page of a search shows, and draws it.
struct SearchReport {
  /// More would make a page that no browser likes.
  private static let mostQueries = 50
  private static let mostNeighbours = 24

  let library: Library
  let question: String
  let pool: WorkerPool
  private var queries: [NeighbourReport.Query] = []
  private var count = 0

  init(library: Library, question: String, pool: WorkerPool) {
    self.library = library
    self.question = question
    self.pool = pool
  }

  /// Takes the queries of a batch with their answers.
  mutating func take(_ asked: [SearchQuery], _ answers: [[SimilarCompound]]) {
    count += asked.count
    let shown = zip(asked, answers).prefix(max(0, Self.mostQueries - queries.count))
    let algorithm = library.options.fingerprint
    queries += shown.map { query, found in
      let best = Array(found.prefix(Self.mostNeighbours))
      return NeighbourReport.Query(
        id: query.id, smiles: query.smiles,
        drawing: try? Structure(parsing: query.smiles).drawing(width: 240, height: 180),
        neighbours: pool.map(best.count) { Self.neighbour(best[$0], of: query, algorithm) },
        found: found.count)
    }
  }

  private static func neighbour(
    _ compound: SimilarCompound, of query: SearchQuery, _ algorithm: FingerprintAlgorithm
  ) -> NeighbourReport.Neighbour {
    var drawing: String?
    var radii: [Int] = []
    if let structure = try? Structure(parsing: compound.smiles) {
      radii = (try? structure.sharedRadii(with: query.fingerprint.words, algorithm)) ?? []
      drawing = try? structure.drawing(
        width: 240, height: 172, highlighting: Array(radii.indices))
    }
    return NeighbourReport.Neighbour(
      id: compound.id, smiles: compound.smiles, similarity: compound.similarity, drawing: drawing,
      sharedRadii: radii)
  }

  /// Writes the page, whole or not at all.
  func write(to path: String, libraryName: String) throws {
    let name = URL(filePath: libraryName).lastPathComponent
    let report = NeighbourReport(
      title: count == 1
        ? "Neighbours in \(name)" : "Neighbours of \(count.grouped) queries in \(name)",
      question: question, queries: queries, omittedQueries: count - queries.count,
      provenance: [
        Fact("made by", CodeVersion.current),
        Fact(
          "library", "\(name), \(library.count.grouped) compounds, digest \(library.digest.hex)"),
        Fact("fingerprint", "\(library.options.fingerprint)"),
        Fact("built from", library.inputs.map(\.name).joined(separator: ", ")),
      ])
    try AtomicFile.write(Data(report.html().utf8), to: URL(filePath: path))
  }
}
