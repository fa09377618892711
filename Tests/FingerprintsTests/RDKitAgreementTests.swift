import Fingerprints
import Testing

/// Expected values: RDKit 2022.09.3 (`DataStructs`, `LazyBitVectorPick`, `Butina.ClusterData`) on
/// the reference folder's own fingerprints of 1,055 molecules.
@Suite(.enabled(if: ReferenceData.isPresent, "needs the shared reference data"))
struct RDKitAgreementTests {
  @Test(
    "similarities are RDKit's",
    arguments: [
      (0, 1, [0.14864864864864866, 0.25882352941176473, 0.2641606585354408, 0.2517162471395881]),
      (0, 2, [0.14102564102564102, 0.24719101123595505, 0.24987096773334005, 0.23255813953488375]),
      (1, 3, [0.10526315789473684, 0.19047619047619047, 0.19402850002906638, 0.14925373134328357]),
    ])
  func similarities(first: Int, second: Int, expected: [Double]) throws {
    let table = try ReferenceData.fingerprints("morgan_r2_2048", bitCount: 2048)
    let metrics: [SimilarityMetric] = [
      .tanimoto, .dice, .cosine, .tversky(alpha: 0.3, beta: 0.9),
    ]
    #expect(table.count == 1055)
    for (metric, value) in zip(metrics, expected) {
      #expect(abs(table[first].similarity(to: table[second], by: metric) - value) < 1e-15)
    }
  }

  @Test(
    "similarities of counts are RDKit's",
    arguments: [
      (0, 1, [0.12037037037037036, 0.21487603305785125, 0.18813314037626624]),
      (0, 2, [0.1717171717171717, 0.29310344827586204, 0.2664576802507837]),
      (1, 3, [0.1308411214953271, 0.23140495867768596, 0.198019801980198]),
    ])
  func countSimilarities(first: Int, second: Int, expected: [Double]) throws {
    let table = try ReferenceData.column("morgan_r2_count_unfolded", of: "counts")
      .prefix(4).map(counts)
    let metrics: [SimilarityMetric] = [.tanimoto, .dice, .tversky(alpha: 0.3, beta: 0.9)]
    for (metric, value) in zip(metrics, expected) {
      #expect(abs(table[first].similarity(to: table[second], by: metric) - value) < 1e-15)
    }
  }

  @Test func `unfolded counts fold to RDKit's folded counts and bits`() throws {
    let unfolded = try ReferenceData.column("morgan_r2_count_unfolded", of: "counts").map(counts)
    let folded = try ReferenceData.column("morgan_r2_count_2048", of: "counts").map(counts)
    #expect(unfolded.map { $0.folded(to: 2048) } == folded)
    let bits = Set(try ReferenceData.fingerprints("morgan_r2_2048", bitCount: 2048))
    #expect(unfolded.allSatisfy { bits.contains($0.binary(bitCount: 2048)) })
  }

  @Test func `the nearest rows and the number of close pairs are RDKit's`() throws {
    let table = try ReferenceData.fingerprints("morgan_r2_2048", bitCount: 2048)
    let arena = FingerprintArena(bitCount: 2048, table)
    let nearest = arena.nearest(to: table[0], count: 10)
    #expect(nearest.map(\.row) == [0, 268, 88, 4, 158, 257, 215, 298, 179, 294])
    #expect(nearest.prefix(4).map(\.similarity) == [1, 1.0 / 3, 0.2571428571428571, 0.25])
    // RDKit counts the one empty fingerprint (the empty SMILES) as like itself, 1,577; we do not.
    let pairs = arena.neighbours(ofEach: table, threshold: 0.4).reduce(0) { $0 + $1.count }
    #expect(pairs == 1577 - table.count { $0.popcount == 0 } * table.count { $0.popcount == 0 })
  }

  @Test func `diverse picks are RDKit's`() throws {
    let table = try ReferenceData.fingerprints("morgan_r2_2048", bitCount: 2048).prefix(300)
    let arena = FingerprintArena(bitCount: 2048, table)
    let picker = MaxMinPicker(start: .rows([0]))
    let expected = [
      0, 187, 152, 262, 27, 134, 35, 254, 146, 282, 101, 127, 263, 29, 86, 28, 44, 165, 105, 47,
    ]
    for kernel in KernelKind.available {
      #expect(picker.picks(from: arena, count: 20, kernel: kernel) == expected)
    }
  }

  // RDKit takes the higher row of equals, so it was given the rows in reverse.
  @Test func `clusters are RDKit's`() throws {
    let table = try ReferenceData.fingerprints("morgan_r2_2048", bitCount: 2048).prefix(300)
    let arena = FingerprintArena(bitCount: 2048, table)
    let clusters = ButinaClustering(of: arena, threshold: 0.4).clusters
    #expect(clusters.count == 284)
    #expect(
      clusters.prefix(6).map(\.members) == [
        [222, 60, 177, 227], [66, 115, 267], [178, 42, 184], [5, 160], [14, 199], [18, 103],
      ])
    let checksum = clusters.enumerated().reduce(0) { $0 + ($1.offset + 1) * $1.element.centre }
    #expect(checksum == 7_964_635)
  }

  private func counts(_ cell: String) -> CountFingerprint {
    CountFingerprint(
      cell.split(separator: ";").compactMap { pair in
        let parts = pair.split(separator: ":").compactMap { UInt32($0) }
        return parts.count == 2 ? (parts[0], parts[1]) : nil
      })
  }
}
