import Campaigns
import CompoundLibrary
import Entities
import Fingerprints
import Foundation
import Molecules
import Parallelism
import TestSupport
import Testing

@Suite struct LibrarySearchTests {
  private let scratch: ScratchFolder
  private let library: Library

  init() throws {
    scratch = try ScratchFolder()
    // The second half repeats structures under other names: those rows are deleted.
    library = try makeLibrary(
      MadeUpCompounds.lines(500)
        + (0..<200).map { "\(MadeUpCompounds.smiles($0 * 7 % MadeUpCompounds.count)) A\($0)\n" }
        .joined(),
      at: scratch.url.appending(path: "l.olib"))
  }

  private func expected(_ query: String) throws -> [SimilarCompound] {
    func fingerprint(_ smiles: String) throws -> Fingerprint {
      Fingerprint(
        bitCount: 2_048, words: try Structure(parsing: smiles).fingerprintWords(.ecfp4))
    }
    let wanted = try fingerprint(query)
    var all: [(id: String, smiles: String, similarity: Double)] = []
    for row in 0..<library.rows where !library.isDeleted(row) {
      let similarity = wanted.similarity(to: try fingerprint(library.smiles(row)))
      all.append((library.id(row), library.smiles(row), similarity))
    }
    all.sort { $0.similarity != $1.similarity ? $0.similarity > $1.similarity : $0.id < $1.id }
    return try LibrarySearch(library: library, pool: WorkerPool(threads: 1))
      .similar(to: query, top: library.count).enumerated().map { place, found in
        #expect(found.id == all[place].id && found.similarity == all[place].similarity)
        return found
      }
  }

  @Test(arguments: ["CCOc1ccc(cc1)CN", "C", "O=C(N)c1csc(n1)CCN"])
  func `any number of the most similar is the beginning of the whole order`(_ query: String) throws
  {
    #expect(library.count == 500)
    let all = try expected(query)
    #expect(all.count == 500)
    let search = LibrarySearch(library: library, pool: WorkerPool(threads: 2))
    for top in [1, 3, 77, 500, Int.max] {
      #expect(try search.similar(to: query, top: top) == Array(all.prefix(top)), "\(top)")
    }
    for threshold in [0, 0.2, 0.5, 1] {
      #expect(
        try search.similar(to: query, top: 1, threshold: threshold)
          == all.filter { $0.similarity >= threshold }, "\(threshold)")
    }
  }

  @Test func `a query that is no structure is refused`() throws {
    #expect(throws: Refusal.self) {
      try LibrarySearch(library: library, pool: WorkerPool(threads: 1))
        .similar(to: "C1CC", top: 3)
    }
  }
}
