public import CompoundLibrary
public import Entities
import Featurization
public import Fingerprints
import Molecules
public import Parallelism
import Records

/// A compound of a library with its similarity to a query.
public struct SimilarCompound: Hashable, Sendable {
  /// Its identifier.
  public let id: String
  /// Its structure, canonical SMILES.
  public let smiles: String
  /// The similarity, 0 to 1.
  public let similarity: Double
}

/// Exact similarity search over all segments of a library.
///
/// Answers are ordered by similarity, ties by identifier, so that they depend neither on the order of
/// the inputs nor on how the library is cut into segments.
public struct LibrarySearch: Sendable {
  private let library: Library
  private let metric: SimilarityMetric
  private let pool: WorkerPool

  /// Prepares searches.
  public init(library: Library, metric: SimilarityMetric = .tanimoto, pool: WorkerPool) {
    self.library = library
    self.metric = metric
    self.pool = pool
  }

  /// A structure as a query: standardised as the library's compounds were.
  public func query(_ smiles: String, id: String = "query") throws(Refusal) -> SearchQuery {
    try library.options.query(.smiles(smiles), id: id)
  }

  /// For each query the `top` most similar compounds, those at or above `threshold` where there is
  /// one, all of these without `top`.
  ///
  /// - Complexity: O(rows × set bits of the query / 512) in the worst case; most blocks of rows are
  ///   left out by their popcounts.
  public func similar(
    to queries: [SearchQuery], top: Int?, threshold: Double? = nil
  ) -> [[SimilarCompound]] {
    let fingerprints = queries.map(\.fingerprint)
    guard threshold == nil, let top else {
      return search(fingerprints, .atLeast(threshold ?? 0)).map { neighbours in
        Array(compounds(neighbours).prefix(top ?? .max))
      }
    }
    // One more than wanted shows whether a tie stands at the end.
    let wanted = min(top, library.rows) + 1
    let found = search(fingerprints, .nearest(wanted))
    return zip(fingerprints, found).map { query, neighbours in
      compounds(neighbours.count < wanted ? neighbours : settled(neighbours, for: query))
    }
  }

  /// What a search for these queries reads, and of how much; see ``similar(to:top:threshold:)``.
  public func plans(
    for queries: [SearchQuery], top: Int?, threshold: Double? = nil
  ) -> [SearchPlan] {
    let goal: SimilarityRequest.Goal =
      if threshold == nil, let top { .nearest(min(top, library.rows) + 1) } else {
        .atLeast(threshold ?? 0)
      }
    return library.columns.explain(request(queries.map(\.fingerprint), goal))
  }

  /// The answer where equal similarities may stand at the end: there the identifier decides.
  private func settled(_ neighbours: [Neighbour], for query: Fingerprint) -> [Neighbour] {
    let top = neighbours.count - 1
    guard top > 0 else { return [] }
    let last = neighbours[top].similarity
    let best = neighbours.prefix { $0.similarity > last }
    if best.count == top { return Array(best) }
    var ties = SmallestIdentifiers(capacity: top - best.count)
    if last > 0 {
      for neighbour in search([query], .atLeast(last))[0] where neighbour.similarity == last {
        ties.insert(library.id(neighbour.row), neighbour.row)
      }
    } else {
      let taken = Set(best.map(\.row))
      for row in 0..<library.rows where !library.isDeleted(row) && !taken.contains(row) {
        ties.insert(library.id(row), row)
      }
    }
    return best + ties.rows.map { Neighbour(row: $0, similarity: last) }
  }

  private func search(
    _ queries: [Fingerprint], _ goal: SimilarityRequest.Goal
  ) -> [[Neighbour]] {
    library.columns.search(request(queries, goal), using: pool)
  }

  private func request(
    _ queries: [Fingerprint], _ goal: SimilarityRequest.Goal
  ) -> SimilarityRequest {
    SimilarityRequest(
      queries: queries, goal: goal, metric: metric,
      isIncluded: { [library] in !library.isDeleted($0) })
  }

  private func compounds(_ neighbours: [Neighbour]) -> [SimilarCompound] {
    neighbours.map {
      SimilarCompound(
        id: library.id($0.row), smiles: library.smiles($0.row), similarity: $0.similarity)
    }.sorted { $0.similarity != $1.similarity ? $0.similarity > $1.similarity : $0.id < $1.id }
  }
}

/// The rows of the few smallest identifiers among many, in memory of twice as many.
private struct SmallestIdentifiers {
  private let capacity: Int
  private var kept: [(id: String, row: Int)] = []
  /// No identifier from here on is wanted.
  private var bound: String?

  init(capacity: Int) { self.capacity = capacity }

  var rows: [Int] { kept.sorted { $0.id < $1.id }.prefix(capacity).map(\.row) }

  mutating func insert(_ id: String, _ row: Int) {
    if let bound, id >= bound { return }
    kept.append((id, row))
    guard kept.count == 2 * capacity else { return }
    kept.sort { $0.id < $1.id }
    kept.removeLast(capacity)
    bound = kept.last?.id
  }
}
