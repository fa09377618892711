import Parallelism
import Testing

@testable import Fingerprints

@Suite struct ClusteringResultTests {
  @Test func `clusters are ordered by size and then by first row, whatever the labels`() {
    let labels: [Int32] = [7, 3, -1, 3, 9, 7, 3, 2]
    let found = Clustering(labels: labels)
    #expect((0..<found.count).map { found[$0].members } == [[1, 3, 6], [0, 5], [4], [7]])
    #expect(found.sizes == [3, 2, 1, 1])
    #expect(found.singletonCount == 2)
    #expect(found.representatives == [1, 0, 4, 7])
    #expect((0..<8).map { found.cluster(ofRow: $0) } == [1, 0, nil, 0, 2, 1, 0, 3])
    #expect(found == Clustering(labels: [0, 1, -5, 1, 2, 0, 1, 30]))
    #expect(found.memberCount == 7)
    #expect(found.rowCount == 8)
  }

  @Test func `no rows make no clusters`() {
    let none = Clustering(labels: [])
    #expect(none.count == 0)
    #expect(none.sizes.isEmpty)
    #expect(Clustering(labels: [-1, -1]).count == 0)
    let rows = ClusteringRows(FingerprintArena(bitCount: 64))
    let summary = ClusteringSummary(of: none, rows: rows)
    #expect(summary.largest == 0)
    #expect(summary.meanSimilarity == nil)
  }

  @Test func `the spheres of Butina keep their centres and lose their order`() {
    let arena = FingerprintArena(bitCount: 256, familyFingerprints(count: 200))
    let spheres = ButinaClustering(of: arena, threshold: 0.5)
    let found = Clustering(spheres, rowCount: 200)
    #expect(found.count == spheres.clusters.count)
    for sphere in spheres.clusters {
      let number = found.cluster(ofRow: sphere.centre)
      #expect(number.map { found[$0].members } == sphere.members.sorted())
      #expect(number.map { found[$0].representative } == sphere.centre)
    }
    #expect(found.sizes == found.sizes.sorted(by: >))
  }

  @Test("a method is the clustering that it names", arguments: [nil, 3])
  func methodsAreTheirClusterings(leftOut: Int?) throws {
    let arena = FingerprintArena(bitCount: 256, familyFingerprints(count: 150))
    let rows = ClusteringRows(arena)
    let index = ColumnIndex(of: arena)
    let (birch, spheres) = (BitBirch(threshold: 0.5), SphereExclusion(threshold: 0.5))
    let kept: @Sendable (Int) -> Bool = { row in leftOut.map { row % $0 > 0 } ?? true }
    func found(_ method: ClusteringMethod) throws -> Clustering {
      try method.clustering(of: rows, searching: index, where: kept)
    }
    #expect(try found(.bitBirch(birch)) == birch.clustering(of: rows, where: kept))
    #expect(
      try found(.sphereExclusion(spheres))
        == spheres.clustering(of: rows, searching: index, where: kept))
    let butina = try found(.butina(threshold: 0.5, metric: .tanimoto))
    #expect((0..<150).allSatisfy { (butina.cluster(ofRow: $0) != nil) == kept($0) })
    for number in 0..<butina.count {
      let centre = arena[butina.representatives[number]]
      let others = butina[number].members.filter { $0 != butina.representatives[number] }
      #expect(others.allSatisfy { centre.similarity(to: arena[$0]) >= 0.5 })
    }
  }

  @Test func `the instant similarity of two rows is their similarity`() {
    let table = adversarialFingerprints(bitCount: 100, count: 40, seed: 4)
    let rows = ClusteringRows(FingerprintArena(bitCount: 100, table))
    for first in 0..<39 {
      let labels = (0..<40).map { Int32($0 == first || $0 == first + 1 ? 0 : -1) }
      let (one, other) = (table[first], table[first + 1])
      let isEmpty = one.popcount + other.popcount == 0
      #expect(
        Clustering(labels: labels).similarities(in: rows)
          == [isEmpty ? 1 : one.similarity(to: other)])
    }
  }

  @Test("medoids and similarities are those of the definition", arguments: [64, 100, 1030])
  func medoidsFollowTheDefinition(bitCount: Int) {
    let table = adversarialFingerprints(bitCount: bitCount, count: 200, seed: 14)
    let rows = ClusteringRows(FingerprintArena(bitCount: bitCount, table))
    let labels = table.indices.map { Int32($0 * $0 % 11 - 1) }
    let plain = Clustering(labels: labels)
    let found = plain.representedByMedoids(of: rows)
    #expect(found == plain.representedByMedoids(of: rows, using: WorkerPool(threads: 2)))
    let similarities = found.similarities(in: rows)
    for number in 0..<found.count {
      let members = found[number].members
      #expect(members == plain[number].members)
      #expect(similarities[number] == mean(of: members, in: table))
      let rest = members.map { left in mean(of: members.filter { $0 != left }, in: table) ?? 0 }
      let least = members.count < 3 ? 0 : rest.firstIndex(of: rest.min() ?? 0) ?? 0
      #expect(found[number].representative == members[least])
    }
  }

  @Test func `the summary weighs the clusters of two rows and more by their rows`() {
    let table = [[1, 2], [1, 2], [1, 2], [3, 4], [3, 5], [9]].map {
      Fingerprint(bitCount: 64, setBits: $0)
    }
    let rows = ClusteringRows(FingerprintArena(bitCount: 64, table))
    let summary = ClusteringSummary(of: Clustering(labels: [0, 0, 0, 1, 1, 2]), rows: rows)
    #expect(summary.rows == 6)
    #expect(summary.clusters == 3)
    #expect(summary.singletons == 1)
    #expect(summary.largest == 3)
    #expect(summary.meanSimilarity == (1.0 * 3 + 1.0 / 3 * 2) / 5)
  }

  private func mean(of rows: [Int], in table: [Fingerprint]) -> Double? {
    if rows.count < 2 { return nil }
    var counts = [Int](repeating: 0, count: table[0].bitCount)
    for row in rows { for bit in table[row].setBits { counts[bit] += 1 } }
    return PlainBitBirch.instantSimilarity(counts, rows: rows.count)
  }
}
