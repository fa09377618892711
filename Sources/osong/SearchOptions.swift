import ArgumentParser
import Campaigns
import CompoundLibrary
import Fingerprints
import Molecules
import Parallelism
import Records

/// Where the queries come from.
struct QueryOptions: ParsableArguments {
  /// Queries that share one pass over the library.
  static let batch = 256

  @Option(help: "A query as SMILES; can be given several times.") var query: [String] = []
  @Option(help: "Queries: .smi, .csv, .tsv or .sdf, also .gz; - for standard input.")
  var queries: String?
  @Option(
    help: "Queries as fingerprints of the library's kind: .fps, also .gz; - for standard input.")
  var fps: String?
  @Option(help: "The column of the SMILES in --queries.") var smilesColumn: String?
  @Option(help: "A SMARTS: all compounds that hold it, in the library's order.")
  var substructure: String?
  @Flag(help: "All pairs of the library's own compounds at or above --threshold.") var pairs = false

  func validate() throws {
    let given = [!query.isEmpty, queries != nil, fps != nil, substructure != nil, pairs]
    guard given.count(where: { $0 }) == 1 else {
      throw ValidationError("give one of --query, --queries, --fps, --substructure and --pairs")
    }
  }

  func reader(for library: Library, pool: WorkerPool) throws -> SearchQueryReader {
    if let fps {
      return try SearchQueryReader(
        fingerprints: RecordSource(argument: fps), for: library, pool: pool)
    }
    if let queries {
      let reader = try CompoundReader(
        RecordSource(argument: queries),
        columns: ColumnSelection(structure: smilesColumn.map { .named($0) }))
      return SearchQueryReader(structures: reader, for: library, pool: pool)
    }
    let named = query.enumerated().map { place, smiles in
      (id: query.count == 1 ? "query" : "query-\(place + 1)", smiles: smiles)
    }
    return try SearchQueryReader(named, for: library, pool: pool)
  }
}

/// What counts as similar, and how much of it is wanted.
struct SimilarityOptions: ParsableArguments {
  enum Name: String, ExpressibleByArgument, CaseIterable {
    case tanimoto, dice, cosine, tversky
    case russellRao = "russell-rao"
  }

  @Option(help: "How many compounds to name; 10, or all above a threshold.") var top: Int?
  @Option(help: "The least similarity, 0 to 1.") var threshold: Double?
  @Option(help: "How similarity is measured.") var metric: Name = .tanimoto
  @Option(help: "Tversky's weight of bits that only the query has.") var alpha = 1.0
  @Option(help: "Tversky's weight of bits that only the compound has.") var beta = 1.0

  func validate() throws {
    if let threshold, !(0...1).contains(threshold) {
      throw ValidationError("--threshold is 0 to 1, not \(threshold)")
    }
    if let top, top < 1 { throw ValidationError("--top is at least 1, not \(top)") }
    for (name, weight) in [("alpha", alpha), ("beta", beta)] where !(0...1_000).contains(weight) {
      throw ValidationError("--\(name) is 0 to 1,000, not \(weight)")
    }
  }

  /// Whether all pairs can be asked for: with a threshold, and a metric that knows no direction.
  var hasPairs: Bool { threshold != nil && (metric != .tversky || alpha == beta) }

  /// The number that is wanted; nil for all.
  var wanted: Int? { top ?? (threshold == nil ? 10 : nil) }

  /// The measure for fingerprints of so many bits.
  func similarity(bitCount: Int) -> SimilarityMetric {
    switch metric {
    case .tanimoto: .tanimoto
    case .dice: .dice
    case .cosine: .cosine
    case .tversky: .tversky(alpha: alpha, beta: beta)
    case .russellRao: .russellRao(bitCount: bitCount)
    }
  }

  /// The question in words.
  var question: String {
    let which = wanted.map { "The \($0) most similar compounds" } ?? "All compounds"
    let bound = threshold.map { " at or above \($0)" } ?? ""
    return "\(which) by \(measure)\(bound)"
  }

  private var measure: String {
    switch metric {
    case .tanimoto: "Tanimoto similarity"
    case .dice: "Dice similarity"
    case .cosine: "cosine similarity"
    case .tversky: "Tversky similarity (α = \(alpha), β = \(beta))"
    case .russellRao: "Russell–Rao similarity"
    }
  }
}
