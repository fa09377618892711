import Fingerprints
import Parallelism
import Testing

@Suite struct ClusteringTests {
  @Test("clusters are those of the definition, with any number of threads", arguments: [0.3, 0.7])
  func clustersFollowTheDefinition(threshold: Double) {
    let table = adversarialFingerprints(bitCount: 128, count: 300, seed: 21)
    let arena = FingerprintArena(bitCount: 128, table)
    let found = ButinaClustering(of: arena, threshold: threshold)
    #expect(found == ButinaClustering(of: arena, threshold: threshold, using: .init(threads: 2)))
    let lists = table.indices.map { row in
      table.indices.filter {
        $0 != row && table[row].similarity(to: table[$0]) >= threshold
      }
    }
    var free = Set(table.indices)
    for cluster in found.clusters {
      let most = free.map { lists[$0].count }.max()
      #expect(cluster.centre == free.filter { lists[$0].count == most }.min())
      free.remove(cluster.centre)
      #expect(cluster.others == lists[cluster.centre].filter(free.contains))
      free.subtract(cluster.others)
    }
    #expect(free.isEmpty)
  }

  @Test func `each pick is the row farthest from the picks before`() {
    let table = adversarialFingerprints(bitCount: 128, count: 120, seed: 22)
    let arena = FingerprintArena(bitCount: 128, table)
    let picks = MaxMinPicker(start: .seed(7), by: .dice).picks(from: arena, count: 25)
    #expect(picks.count == 25)
    for place in 1..<25 {
      let before = picks[..<place]
      let nearest = table.indices.filter { !before.contains($0) }.map { row in
        Neighbour(
          row: row,
          similarity: before.map { table[$0].similarity(to: table[row], by: .dice) }.max() ?? 0)
      }
      let farthest = nearest.min { ($0.similarity, $0.row) < ($1.similarity, $1.row) }
      #expect(picks[place] == farthest?.row)
    }
  }

  @Test func `picking ends at the threshold and with the rows`() {
    let twins = [[1, 2], [1, 2], [3, 4], [3, 4]].map { Fingerprint(bitCount: 64, setBits: $0) }
    let arena = FingerprintArena(bitCount: 64, twins)
    let picker = MaxMinPicker(start: .rows([1]))
    #expect(picker.picks(from: arena, count: 9, until: 0.99) == [1, 2])
    #expect(picker.picks(from: arena, count: 9) == [1, 2, 0, 3])
    #expect(picker.picks(from: arena, count: 0).isEmpty)
    #expect(picker.picks(from: FingerprintArena(bitCount: 64), count: 2).isEmpty)
  }

  @Test func `the seed moves the first pick`() {
    let arena = FingerprintArena(
      bitCount: 64, adversarialFingerprints(bitCount: 64, count: 100, seed: 1))
    let first = (0..<20).map { MaxMinPicker(start: .seed($0)).picks(from: arena, count: 1)[0] }
    #expect(Set(first).count > 10)
  }
}
