import Campaigns
import CompoundLibrary
import Entities
import Fingerprints
import Foundation
import Molecules
import Parallelism
import Records
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
    return try similar(to: query, top: library.count, threads: 1).enumerated().map { place, found in
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
    for top in [1, 3, 77, 500, Int.max] {
      #expect(try similar(to: query, top: top) == Array(all.prefix(top)), "\(top)")
    }
    for threshold in [0, 0.2, 0.5, 1] {
      let enough = all.filter { $0.similarity >= threshold }
      #expect(try similar(to: query, threshold: threshold) == enough, "\(threshold)")
      #expect(
        try similar(to: query, top: 2, threshold: threshold) == Array(enough.prefix(2)),
        "\(threshold)")
    }
  }

  @Test func `a query that is no structure is refused`() throws {
    #expect(throws: Refusal.self) { try similar(to: "C1CC", top: 3) }
  }

  @Test func `queries asked together get the answers they get alone`() throws {
    let search = LibrarySearch(library: library, metric: .dice, pool: WorkerPool(threads: 2))
    let queries = try (0..<40).map {
      try search.query(MadeUpCompounds.smiles($0 * 11), id: "Q\($0)")
    }
    let together = search.similar(to: queries, top: 5)
    for (query, found) in zip(queries, together) {
      #expect(search.similar(to: [query], top: 5) == [found])
      #expect(found.count == 5)
    }
  }

  @Test func `a file's queries come in order and a bad one is a value`() throws {
    let text = "smiles,id\nCCO,a\nC1CC,b\nc1ccccc1,c\n"
    let reader = try CompoundReader(.bytes(Array(text.utf8)), format: .csv)
    var queries = SearchQueryReader(
      structures: reader, for: library, pool: WorkerPool(threads: 2))
    let read = try #require(try queries.next(10))
    #expect(read.map { $0.query?.id } == ["a", nil, "c"])
    guard case .refused(let record) = read[1] else { return }
    #expect(record.id == "b" && record.line == 3)
    #expect(try queries.next(10) == nil)
  }

  @Test func `fingerprints of an FPS file find what their structures find`() throws {
    let search = LibrarySearch(library: library, pool: WorkerPool(threads: 1))
    let query = try search.query("CCOc1ccc(cc1)CN", id: "q")
    let text = "#FPS1\n#num_bits=2048\n\(query.fingerprint.hex)\tq\nzz\tbad\n"
    var reader = try SearchQueryReader(
      fingerprints: .bytes(Array(text.utf8)), for: library, pool: WorkerPool(threads: 1))
    let read = try #require(try reader.next(10))
    #expect(read.count == 2 && read[1].query == nil)
    let bare = try #require(read[0].query)
    #expect(search.similar(to: [bare], top: 7) == search.similar(to: [query], top: 7))
  }

  @Test func `fingerprints of another width are refused as a whole`() {
    #expect(throws: QueryWidthError.self) {
      try SearchQueryReader(
        fingerprints: .bytes(Array("#FPS1\n#num_bits=64\n".utf8)), for: library,
        pool: WorkerPool(threads: 1))
    }
  }

  private func similar(
    to query: String, top: Int? = nil, threshold: Double? = nil, threads: Int = 2
  ) throws -> [SimilarCompound] {
    let search = LibrarySearch(library: library, pool: WorkerPool(threads: threads))
    return search.similar(to: [try search.query(query)], top: top, threshold: threshold)[0]
  }
}
