import Fingerprints
import Foundation
import Parallelism
import Testing

@Suite struct SimilarityGraphTests {
  private static let table = adversarialFingerprints(bitCount: 167, count: 620, seed: 31)

  /// As one index, and as several whose ends fall inside blocks and beside them.
  private static let indexes: [ColumnIndex] = [
    ColumnIndex(of: FingerprintArena(bitCount: 167, table)),
    ColumnIndex(
      joining: [0..<512, 512..<512, 512..<513, 513..<620].map {
        ColumnIndex(of: FingerprintArena(bitCount: 167, table[$0]))
      }),
  ]

  private func reference(
    _ threshold: Double, by metric: SimilarityMetric, where isIncluded: (Int) -> Bool
  ) -> [[Neighbour]] {
    Self.table.indices.map { row in
      guard isIncluded(row) else { return [] }
      return referenceNeighbours(of: Self.table[row], in: Self.table, by: metric)
        .filter { $0.row != row && isIncluded($0.row) && $0.similarity >= threshold }
    }
  }

  @Test func `all pairs are those of the definition, on every kernel`() {
    let metrics: [SimilarityMetric] = [
      .tanimoto, .cosine, .tversky(alpha: 0.5, beta: 0.5), .russellRao(bitCount: 167),
    ]
    for (metric, threshold) in zip(metrics, [0.6, 0.8, 0.9, 0.4]) {
      let expected = reference(threshold, by: metric) { $0 % 5 != 2 }
      for (index, kernel) in Self.indexes.flatMap({ index in
        KernelKind.available.map { (index, $0) }
      }) {
        let graph = SimilarityGraph(
          of: index, threshold: threshold, by: metric, where: { $0 % 5 != 2 },
          using: WorkerPool(threads: 2), kernel: kernel)
        #expect(graph.count == Self.table.count)
        #expect((0..<graph.count).map { graph[$0] } == expected)
        #expect((0..<graph.count).allSatisfy { graph.degree(ofRow: $0) == expected[$0].count })
      }
    }
  }

  @Test func `every pair is handed over once, in the same batches for any threads`() {
    for index in Self.indexes {
      var batches: [[[SimilarityPair]]] = []
      for threads in [1, 3] {
        batches.append([])
        index.pairs(atLeast: 0, using: WorkerPool(threads: threads)) {
          batches[batches.count - 1].append($0)
        }
      }
      #expect(batches[0] == batches[1])
      let pairs = batches[0].flatMap { $0 }
      #expect(pairs.count == 620 * 619 / 2)
      #expect(Set(pairs.map { $0.first * 2_000 + $0.second }).count == pairs.count)
      #expect(pairs.allSatisfy { $0.first < $0.second })
    }
  }

  @Test func `the one who takes pairs can stop`() {
    struct Enough: Error {}
    var batches = 0
    #expect(throws: Enough.self) {
      try Self.indexes[0].pairs(atLeast: 0.5) { _ in
        batches += 1
        throw Enough()
      }
    }
    #expect(batches == 1)
  }

  @Test func `nearest neighbours are those of the definition without the row itself`() {
    // Duplicates: more rows equal to a row than neighbours are asked for.
    let expected = reference(0, by: .dice) { $0 % 7 != 0 }
    for index in Self.indexes {
      for count in [0, 1, 12] {
        let graph = SimilarityGraph(
          of: index, nearest: count, by: .dice, where: { $0 % 7 != 0 },
          using: WorkerPool(threads: 2))
        #expect((0..<graph.count).map { graph[$0] } == expected.map { Array($0.prefix(count)) })
      }
    }
    let few = ColumnIndex(of: FingerprintArena(bitCount: 167, Self.table[..<3]))
    #expect(SimilarityGraph(of: few, nearest: 12).offsets == [0, 2, 4, 6])
    let none = ColumnIndex(of: FingerprintArena(bitCount: 167))
    #expect(SimilarityGraph(of: none, nearest: 12).offsets == [0])
    #expect(SimilarityGraph(of: none, threshold: 0).offsets == [0])
  }

  @Test func `damaged bytes make a wrong graph and no harm`() throws {
    var generator = SeededGenerator(seed: 77)
    let size = try MappedIndex(Self.indexes[0]).size
    let noise = Data((0..<size).map { _ in UInt8.random(in: 0...255, using: &generator) })
    // Rows that are in range, but not each once.
    let zeros = Data(count: size)
    for bytes in [noise, zeros] {
      let index = try MappedIndex(bitCount: 167, count: 620, bytes: bytes).index
      #expect(SimilarityGraph(of: index, threshold: 0.4).count == 620)
      #expect(SimilarityGraph(of: index, nearest: 3).count == 620)
    }
  }

  @Test func `spheres of a graph are those of its table`() {
    let arena = FingerprintArena(bitCount: 167, Self.table)
    let graph = SimilarityGraph(of: Self.indexes[1], threshold: 0.6)
    #expect(ButinaClustering(of: graph) == ButinaClustering(of: arena, threshold: 0.6))
    let included = Set((0..<620).filter { $0 % 3 == 0 })
    let part = SimilarityGraph(
      of: Self.indexes[1], threshold: 0.6, where: { included.contains($0) })
    let clusters = ButinaClustering(of: part, where: included.contains).clusters
    #expect(clusters.flatMap(\.members).sorted() == included.sorted())
  }
}
