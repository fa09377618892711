import Tensors
import Testing

private let batch = GraphBatch(
  nodeKinds: FeatureKinds(
    SparseRows(columns: 300, entries: [[(2, 1), (299, 0.12011)], [(0, -3)]])),
  edgeKinds: FeatureKinds(SparseRows(columns: 4, entries: [[(0, 1)], [(1, 1), (3, 1)]])),
  nodeOffsets: [0, 3, 3, 4], edgeOffsets: [0, 2, 2, 2], kindOfNode: [0, 1, 0, 1],
  kindOfEdge: [1, 0], ends: [0, 1, 2, 1])

@Suite("Batches of graphs")
struct GraphBatchTests {
  @Test func `what is encoded is read back`() throws {
    #expect(try GraphBatch(decoding: batch.encoded) == batch)
    let picked = batch.selecting([2, 0])
    #expect(try GraphBatch(decoding: picked.encoded) == picked)
    #expect(try GraphBatch(decoding: batch.selecting([]).encoded).graphs == 0)
  }

  @Test func `chosen graphs keep their nodes and edges`() {
    let picked = batch.selecting([2, 0, 0])
    #expect(picked.nodeOffsets == [0, 1, 4, 7])
    #expect(picked.edgeOffsets == [0, 0, 2, 4])
    #expect(picked.kindOfNode == [1, 0, 1, 0, 0, 1, 0])
    #expect(picked.ends == [0, 1, 2, 1, 0, 1, 2, 1])
  }

  @Test func `no cut and no changed byte can crash the reader`() {
    let bytes = batch.encoded
    for length in bytes.indices {
      #expect(throws: GraphCodingError.self) {
        try GraphBatch(decoding: Array(bytes[..<length]))
      }
    }
    #expect(throws: GraphCodingError.inconsistent) { try GraphBatch(decoding: bytes + [0]) }
    for place in bytes.indices {
      for value in [0, 1, 0x7f, 0x80, 0xff] as [UInt8] {
        var changed = bytes
        changed[place] = value
        _ = try? GraphBatch(decoding: changed)
      }
    }
  }

  @Test func `lying counts cost no memory`() {
    // A table of 2³² − 1 rows, in six bytes.
    #expect(throws: GraphCodingError.self) {
      try GraphBatch(decoding: [1, 5, 0xff, 0xff, 0xff, 0xff, 0x0f])
    }
    #expect(throws: GraphCodingError.foreign) { try GraphBatch(decoding: [9, 0, 0, 0]) }
  }
}
