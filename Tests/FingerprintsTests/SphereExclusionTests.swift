import Parallelism
import Testing

@testable import Fingerprints

@Suite struct SphereExclusionTests {
  @Test(
    "clusters are those of the definition", arguments: [-1, 0, 0.3, 0.6, 1, 1.1],
    [SphereExclusion.Assignment.first, .nearest])
  func clustersFollowTheDefinition(
    threshold: Double, assignment: SphereExclusion.Assignment
  ) throws {
    let table = adversarialFingerprints(bitCount: 96, count: 160, seed: 41)
    let arena = FingerprintArena(bitCount: 96, table)
    let target = table[77]
    let values = table.map { Double($0.popcount % 7) }
    for (order, ranks) in [
      (SphereExclusion.Order.rows, table.map { _ in 0 }),
      (.toward(target), table.map { target.similarity(to: $0) }), (.descending(values), values),
    ] {
      let options = SphereExclusion(threshold: threshold, order: order, assignment: assignment)
      let rows = ClusteringRows(arena)
      let found = try options.clustering(of: rows, searching: arena)
      expect(found, like: table, order: ranks, options)
      #expect(
        try found
          == options.clustering(
            of: rows, searching: ColumnIndex(of: arena), using: WorkerPool(threads: 3)))
    }
  }

  @Test func `leaders ask and rows answer when the metric has two sides`() throws {
    let table = adversarialFingerprints(bitCount: 96, count: 200, seed: 42)
    let arena = FingerprintArena(bitCount: 96, table)
    let options = SphereExclusion(
      threshold: 0.5, by: .tversky(alpha: 0.9, beta: 0.1), assignment: .first)
    let found = try options.clustering(of: ClusteringRows(arena), searching: arena)
    expect(found, like: table, order: table.map { _ in 0 }, options)
  }

  @Test func `rows left out neither lead nor follow`() throws {
    let table = adversarialFingerprints(bitCount: 96, count: 300, seed: 43)
    let arena = FingerprintArena(bitCount: 96, table)
    let kept = table.indices.filter { $0 % 3 != 0 }
    let options = SphereExclusion(threshold: 0.4)
    let found = try options.clustering(
      of: ClusteringRows(arena), searching: arena, where: { $0 % 3 != 0 })
    let alone = FingerprintArena(bitCount: 96, kept.map { table[$0] })
    let expected = try options.clustering(of: ClusteringRows(alone), searching: alone)
    #expect(found.representatives == expected.representatives.map { kept[$0] })
    #expect(table.indices.allSatisfy { (found.cluster(ofRow: $0) == nil) == ($0 % 3 == 0) })
  }

  @Test func `an empty table has no clusters, and a clustering that is told to stop stops`() throws
  {
    let empty = FingerprintArena(bitCount: 96)
    let options = SphereExclusion(threshold: 0.4)
    #expect(try options.clustering(of: ClusteringRows(empty), searching: empty).count == 0)
    let arena = FingerprintArena(bitCount: 256, familyFingerprints(count: 500))
    var told: [Int] = []
    #expect(throws: ClusteringStopped.self) {
      try options.clustering(
        of: ClusteringRows(arena), searching: arena, shouldStop: { told.count > 3 },
        progress: { told.append($0.found) })
    }
    #expect(told.count == 4)
    #expect(told == told.sorted())
  }

  /// RDKit 2026.9.1, `LeaderPicker().LazyBitVectorPick(rows, 4000, 1 - threshold)`.
  @Test(
    "leaders are those of RDKit",
    arguments: [
      (0.6999, 3769, 0x6D3F_0403_B0A4_17C5 as UInt64), (0.5497, 2713, 0xEC80_2355_E170_74CC),
      (0.3797, 701, 0x91B4_3EEB_B907_26F3), (0.2493, 158, 0x1743_0AD4_DE7B_B7CF),
    ])
  func leadersAreThoseOfRDKit(threshold: Double, count: Int, digest: UInt64) throws {
    let arena = FingerprintArena(bitCount: 256, familyFingerprints(count: 4000))
    let found = try SphereExclusion(threshold: threshold).clustering(
      of: ClusteringRows(arena), searching: ColumnIndex(of: arena))
    let leaders = found.representatives.sorted()
    #expect(leaders.count == count)
    #expect(
      leaders.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 } == digest)
  }

  private func expect(
    _ found: Clustering, like table: [Fingerprint], order: [Double], _ options: SphereExclusion
  ) {
    var (leaders, first) = ([Int](), [Int: Int]())
    for row in table.indices.sorted(by: { (order[$1], $0) < (order[$0], $1) })
    where first[row] == nil {
      leaders.append(row)
      first[row] = row
      for other in table.indices where first[other] == nil {
        let similarity = table[row].similarity(to: table[other], by: options.metric)
        if similarity >= options.threshold { first[other] = row }
      }
    }
    #expect(found.representatives.sorted() == leaders.sorted())
    for row in table.indices {
      var leader = first[row]
      if options.assignment == .nearest, !leaders.contains(row) {
        let similarities = leaders.map { table[$0].similarity(to: table[row], by: options.metric) }
        leader = similarities.firstIndex(of: similarities.max() ?? 0).map { leaders[$0] }
      }
      let cluster = found.cluster(ofRow: row)
      #expect(cluster.map { found.representatives[$0] } == leader)
    }
  }
}
