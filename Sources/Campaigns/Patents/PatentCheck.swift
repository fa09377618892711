import CompoundLibrary
public import Entities
import Featurization
import Fingerprints
public import Foundation
import Molecules
public import Parallelism
public import Patents
import Provenance
public import Records

/// Looks structures up in the index of a patent corpus.
///
/// Same structure and connectivity are looked up by keys, similar ones searched exactly through the
/// library's index of columns.
public struct PatentCheck: Sendable {
  /// What the index was made of and holds.
  public let manifest: CorpusManifest
  private let links: LinkFile
  private let library: Library
  private let standards: StructureStandards
  private let pool: WorkerPool
  /// Queries that share one pass over the library.
  private static let batch = 256
  /// Structures of one connectivity whose documents are compared; more are only counted.
  private static let compared = 64

  /// Opens an index; a damaged one is refused.
  public init(
    index folder: URL,
    pool: WorkerPool = WorkerPool(threads: ProcessInfo.processInfo.activeProcessorCount)
  ) throws {
    manifest = try CorpusManifest.read(in: folder)
    links = try LinkFile(
      at: folder.appending(path: LinkFile.fileName), digest: manifest.links)
    library = try Library(at: folder.appending(path: PatentIndexBuild.libraryName))
    guard library.digest == manifest.library else {
      throw PatentError.damaged(
        file: PatentIndexBuild.libraryName, reason: "it is not the library of this index")
    }
    guard links.compounds == manifest.counts.compounds else {
      throw PatentError.damaged(
        file: LinkFile.fileName, reason: "it has other compounds than the index notes")
    }
    standards = StructureStandards(
      preparation: library.options.preparation, rule: manifest.connectivity)
    self.pool = pool
  }

  /// The corpus' name, its last day and its size.
  public var corpus: CorpusName {
    CorpusName(
      name: manifest.name, upTo: manifest.upTo, compounds: manifest.counts.compounds)
  }

  /// Where each structure stands, in the order given; one that cannot be read has a refusal.
  ///
  /// - Parameter threshold: the least Tanimoto similarity that counts, above 0.
  public func findings(for smiles: [String], threshold: Double) throws -> [PatentFinding] {
    findings(
      for: smiles.map {
        (query: $0, structure: Result<StructureText, Refusal>.success(.smiles($0)))
      },
      threshold: threshold)
  }

  /// The same for structures of any format and for rows that could not be read.
  public func findings(
    for queries: [(query: String, structure: Result<StructureText, Refusal>)], threshold: Double
  ) -> [PatentFinding] {
    precondition(threshold > 0 && threshold <= 1, "a threshold of \(threshold)")
    var findings: [PatentFinding] = []
    for start in stride(from: 0, to: queries.count, by: Self.batch) {
      let batch = Array(queries[start..<min(start + Self.batch, queries.count)])
      let prepared = pool.map(batch.count) { prepare(batch[$0].structure) }
      var neighbours = library.columns.search(
        SimilarityRequest(
          queries: prepared.compactMap { try? $0.get().fingerprint }, goal: .atLeast(threshold),
          isIncluded: { [library] in !library.isDeleted($0) }), using: pool
      ).makeIterator()
      for (item, outcome) in zip(batch, prepared) {
        switch outcome {
        case .failure(let reason):
          findings.append(
            PatentFinding(
              query: item.query, refusal: reason, corpus: corpus, threshold: threshold))
        case .success(let query):
          findings.append(
            finding(item.query, query.standard.keys, neighbours.next() ?? [], threshold))
        }
      }
    }
    return findings
  }

  private struct Query: Sendable {
    let standard: StructureStandards.Standard
    let fingerprint: Fingerprint
  }

  private func prepare(_ text: Result<StructureText, Refusal>) -> Result<Query, Refusal> {
    do throws(Refusal) {
      let standard = try standards.standard(try text.get())
      let algorithm = library.options.fingerprint
      do throws(MoleculeError) {
        let words = try Structure(
          parsing: standard.smiles, limits: standards.preparation.limits
        ).fingerprintWords(algorithm)
        return .success(
          Query(
            standard: standard,
            fingerprint: Fingerprint(bitCount: algorithm.wordCount * 64, words: words)))
      } catch { throw error.refusal }
    } catch { return .failure(error) }
  }

  private func finding(
    _ query: String, _ keys: StructureKeys, _ neighbours: [Neighbour], _ threshold: Double
  ) -> PatentFinding {
    var same = Set(links.compounds(identicalTo: keys))
    if let one = links.compound(of: keys.structure) { same.insert(one) }
    let connected = links.compounds(connectedAs: keys).filter { !same.contains($0) }
    let similar = neighbours.map { (compound: number(of: $0.row), neighbour: $0) }
      .filter { !same.contains($0.compound) }
    let rows = Dictionary(
      neighbours.map { (number(of: $0.row), $0) }, uniquingKeysWith: { first, _ in first })
    func named(_ compound: Int) -> PatentedCompound { self.named(compound, rows[compound]) }
    let best = similar.map(\.neighbour.similarity).max()
    return PatentFinding(
      query: query, corpus: corpus,
      exact: leading(same.sorted().map(named)),
      connectivity: leading(connected.prefix(Self.compared).map(named)),
      connectivityCount: connected.count,
      scaffold: links.scaffoldCount(of: keys).map { count in
        max(0, count - same.count)
      },
      similar: leading(
        similar.filter { $0.neighbour.similarity == best }.prefix(Self.compared)
          .map { self.named($0.compound, $0.neighbour) }),
      similarCount: similar.count, threshold: threshold)
  }

  /// The compound whose leading document leads; of none with documents the first.
  private func leading(_ compounds: [PatentedCompound]) -> PatentedCompound? {
    compounds.min { left, right in
      guard let one = left.document else { return false }
      guard let other = right.document else { return true }
      if one.leads(other) { return true }
      return other.leads(one) ? false : left.id < right.id
    }
  }

  private func named(_ compound: Int, _ neighbour: Neighbour?) -> PatentedCompound {
    let documents = links.documents(of: compound)
    guard let row = neighbour?.row ?? row(of: compound) else {
      return PatentedCompound(
        id: "compound \(compound + 1)", smiles: nil, similarity: neighbour?.similarity,
        documents: documents)
    }
    return PatentedCompound(
      id: library.id(row), smiles: library.smiles(row), similarity: neighbour?.similarity,
      documents: documents)
  }

  /// A compound's number in the links: the library was built from a table with compound 0 on line 2.
  private func number(of row: Int) -> Int { library.origin(row).line - 2 }

  /// The row of a compound; rows come in the table's order, without those that were refused.
  private func row(of compound: Int) -> Int? {
    var low = max(0, compound - (manifest.counts.compounds - library.rows))
    var high = min(compound + 1, library.rows)
    while low < high {
      let middle = (low + high) / 2
      if number(of: middle) < compound { low = middle + 1 } else { high = middle }
    }
    return low < library.rows && number(of: low) == compound && !library.isDeleted(low) ? low : nil
  }
}
