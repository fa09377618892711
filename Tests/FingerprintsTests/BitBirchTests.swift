import Parallelism
import Testing

@testable import Fingerprints

@Suite struct BitBirchTests {
  static let criteria: [BitBirch.Criterion] = [
    .diameter, .radius, .tolerantDiameter(0.05), .tolerantRadius(0.02),
  ]

  @Test("clusters are those of the plain definition", arguments: criteria, [2, 3, 7, 50])
  func clustersFollowTheDefinition(criterion: BitBirch.Criterion, branchingFactor: Int) throws {
    for (bitCount, count, threshold) in [(64, 150, 0.3), (65, 150, 0.6), (520, 40, 0.45)] {
      let table = adversarialFingerprints(
        bitCount: bitCount, count: count, seed: UInt64(bitCount + branchingFactor))
      let rows = ClusteringRows(FingerprintArena(bitCount: bitCount, table))
      let options = BitBirch(
        threshold: threshold, by: criterion, branchingFactor: branchingFactor)
      let plain = PlainBitBirch(options, bitCount: bitCount)
        .clusters(of: table, rows: Array(table.indices))
      for kernel in KernelKind.available {
        let found = try options.clustering(of: rows, kernel: kernel)
        #expect((0..<found.count).map { found[$0].members } == plain)
      }
    }
  }

  @Test func `rows left out are as if they were not there`() throws {
    let table = adversarialFingerprints(bitCount: 128, count: 150, seed: 5)
    let options = BitBirch(threshold: 0.4, branchingFactor: 6)
    let found = try options.clustering(
      of: ClusteringRows(FingerprintArena(bitCount: 128, table)), where: { $0 % 3 != 1 })
    let plain = PlainBitBirch(options, bitCount: 128)
      .clusters(of: table, rows: table.indices.filter { $0 % 3 != 1 })
    #expect((0..<found.count).map { found[$0].members } == plain)
    #expect(found.cluster(ofRow: 1) == nil)
    #expect(found.memberCount == 100)
    #expect(found.rowCount == 150)
  }

  @Test func `tables one after another are clustered as one`() throws {
    let table = adversarialFingerprints(bitCount: 128, count: 300, seed: 6)
    let options = BitBirch(threshold: 0.4, by: .radius)
    let parts = [0..<1, 1..<1, 1..<170, 170..<300].map { range in
      FingerprintArena(bitCount: 128, table[range]).rows
    }
    let joined = try options.clustering(of: ClusteringRows(bitCount: 128, joining: parts))
    let whole = try options.clustering(
      of: ClusteringRows(FingerprintArena(bitCount: 128, table)), using: WorkerPool(threads: 2))
    #expect(joined == whole)
  }

  @Test func `equal rows share a cluster and a table of nothing has none`() throws {
    let twin = Fingerprint(bitCount: 64, setBits: [3, 9])
    let twins = ClusteringRows(
      FingerprintArena(bitCount: 64, Array(repeating: twin, count: 5000)))
    let found = try BitBirch(threshold: 1).clustering(of: twins)
    #expect(found.sizes == [5000])
    #expect(found.similarities(in: twins) == [1])
    let empty = ClusteringRows(FingerprintArena(bitCount: 64))
    #expect(try BitBirch(threshold: 0.5).clustering(of: empty).count == 0)
  }

  @Test func `every cluster reaches the threshold and every row is in one`() throws {
    let table = adversarialFingerprints(bitCount: 256, count: 600, seed: 9)
    let rows = ClusteringRows(FingerprintArena(bitCount: 256, table))
    let found = try BitBirch(threshold: 0.35).clustering(of: rows)
    let similarities = found.similarities(in: rows).compactMap(\.self)
    #expect(similarities.count == found.count - found.singletonCount)
    #expect(similarities.allSatisfy { $0 >= 0.35 })
    #expect(Set((0..<found.count).flatMap { found[$0].members }).count == 600)
  }

  @Test func `a clustering stops when it is told to and says how far it is`() {
    let rows = ClusteringRows(
      FingerprintArena(
        bitCount: 64, adversarialFingerprints(bitCount: 64, count: 9000, seed: 2)))
    var told: [Int] = []
    #expect(throws: ClusteringStopped.self) {
      try BitBirch(threshold: 0.5).clustering(
        of: rows, shouldStop: { told.count == 2 }, progress: { told.append($0.done) })
    }
    #expect(told == [0, 4096])
    told = []
    #expect(throws: Never.self) {
      try BitBirch(threshold: 0.5).clustering(of: rows, progress: { told.append($0.done) })
    }
    #expect(told == [0, 4096, 8192, 9000])
  }

  /// The expected numbers come from bblean 0.11.3 on the same rows in the same order.
  @Test(
    "clusters are those of bblean",
    arguments: [
      (BitBirch.Criterion.diameter, 0.5, 50, 2796, 2380, 0x7085_0EC5_7448_327A as UInt64),
      (.diameter, 0.35, 7, 3537, 3146, 0xD3F8_11A4_9B4B_2CC7),
      (.radius, 0.5, 50, 762, 218, 0xCA1D_5C5B_C5C9_58C1),
      (.radius, 0.35, 7, 2184, 875, 0x2753_8A86_44F3_F7BD),
      (.tolerantDiameter(0.05), 0.5, 50, 3157, 2714, 0x1E5D_4D41_481B_C100),
      (.tolerantDiameter(0.05), 0.35, 7, 3539, 3131, 0xA21B_7FED_BBD3_EE86),
      (.tolerantRadius(0.05), 0.5, 50, 2274, 1037, 0xD755_573D_677D_D9D4),
      (.tolerantRadius(0.05), 0.35, 7, 2554, 1110, 0x9CBA_D9F7_820A_AEE7),
    ])
  func clustersAreThoseOfBblean(
    criterion: BitBirch.Criterion, threshold: Double, branchingFactor: Int, clusters: Int,
    singletons: Int, digest: UInt64
  ) throws {
    let options = BitBirch(threshold: threshold, by: criterion, branchingFactor: branchingFactor)
    let rows = ClusteringRows(FingerprintArena(bitCount: 256, familyFingerprints(count: 4000)))
    let found = try options.clustering(of: rows)
    #expect(found.count == clusters)
    #expect(found.singletonCount == singletons)
    let labels = (0..<4000).map { UInt64(found.cluster(ofRow: $0) ?? 0) }
    #expect(labels.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ $1) &* 0x100_0000_01B3 } == digest)
  }
}

/// Families of like rows, made so that other programs can make the same ones: every row has 24 draws
/// of a bit, of which three in four are drawn from its family's generator and the rest from its own.
func familyFingerprints(count: Int) -> [Fingerprint] {
  (0..<count).map { row in
    var own = SeededGenerator(seed: UInt64(row))
    var family = SeededGenerator(seed: 1_000_000 + own.next() % 100)
    let bits = (0..<24).map { _ in
      let shared = family.next()
      let alone = own.next()
      return Int((alone >> 32) % 4 == 0 ? alone % 256 : shared % 256)
    }
    return Fingerprint(bitCount: 256, setBits: bits)
  }
}
