internal import Tensors

/// Where the arcs of a batch lead, nodes counted through all graphs.
struct ArcPlaces {
  /// The node each arc leads to; the node it leaves is the target of its reverse, `arc ^ 1`.
  let target: [Int]
  private let offsets: [Int]
  private let incoming: [Int]

  init(_ batch: GraphBatch) {
    var target: [Int] = []
    target.reserveCapacity(batch.arcs)
    var offsets = [Int](repeating: 0, count: batch.nodes + 1)
    for graph in 0..<batch.graphs {
      let start = Int(batch.nodeOffsets[graph])
      for arc in 2 * Int(batch.edgeOffsets[graph])..<2 * Int(batch.edgeOffsets[graph + 1]) {
        // Arc 2e leaves the first end, so it leads to the second.
        let node = start + Int(batch.ends[arc ^ 1])
        target.append(node)
        offsets[node + 1] += 1
      }
    }
    for node in 0..<batch.nodes { offsets[node + 1] += offsets[node] }
    var next = offsets
    var incoming = [Int](repeating: 0, count: target.count)
    for (arc, node) in target.enumerated() {
      incoming[next[node]] = arc
      next[node] += 1
    }
    self.target = target
    self.offsets = offsets
    self.incoming = incoming
  }

  /// The arcs that lead to a node, ascending.
  func arcs(into node: Int) -> ArraySlice<Int> { incoming[offsets[node]..<offsets[node + 1]] }

  /// How many arcs lead to a node.
  func degree(of node: Int) -> Int { offsets[node + 1] - offsets[node] }
}

/// The different arcs of a batch before any step: a kind of node with a kind of edge.
struct ArcKinds {
  /// The row of each arc.
  let rows: [Int32]
  /// The features of each row: the node's columns, then the edge's.
  let features: SparseRows
  /// A hash of each row's features.
  let marks: [UInt64]

  init(in batch: GraphBatch, _ places: ArcPlaces) {
    let edgeKinds = batch.edgeKinds.count
    var rowOfPair = [Int32](repeating: -1, count: batch.nodeKinds.count * edgeKinds)
    var rows: [Int32] = []
    rows.reserveCapacity(batch.arcs)
    var pairs: [(node: Int, edge: Int)] = []
    for arc in 0..<batch.arcs {
      let node = Int(batch.kindOfNode[places.target[arc ^ 1]])
      let edge = Int(batch.kindOfEdge[arc / 2])
      let pair = node * edgeKinds + edge
      if rowOfPair[pair] < 0 {
        rowOfPair[pair] = Int32(pairs.count)
        pairs.append((node, edge))
      }
      rows.append(rowOfPair[pair])
    }
    self.rows = rows
    features = batch.nodeKinds.features.selecting(pairs.map(\.node))
      .joined(with: batch.edgeKinds.features.selecting(pairs.map(\.edge)))
    marks = pairs.map { combined(batch.nodeKinds.marks[$0.node], batch.edgeKinds.marks[$0.edge]) }
  }
}

/// The different nodes of a batch before any step.
struct NodeKinds {
  /// The row of each node.
  let rows: [Int32]
  /// The features of each row.
  let features: SparseRows
  /// A hash of each row's features.
  let marks: [UInt64]

  init(in batch: GraphBatch) {
    var rowOfKind = [Int32](repeating: -1, count: batch.nodeKinds.count)
    var kinds: [Int] = []
    rows = batch.kindOfNode.map { kind in
      if rowOfKind[Int(kind)] < 0 {
        rowOfKind[Int(kind)] = Int32(kinds.count)
        kinds.append(Int(kind))
      }
      return rowOfKind[Int(kind)]
    }
    features = batch.nodeKinds.features.selecting(kinds)
    marks = kinds.map { batch.nodeKinds.marks[$0] }
  }
}

/// A hash of a pair whose order matters: the second is turned before it meets the first.
private func combined(_ first: UInt64, _ second: UInt64) -> UInt64 {
  first &* 0x9e37_79b9_7f4a_7c15 ^ (second << 23 | second >> 41)
}

extension GraphBatch {
  /// For each graph the rows its nodes have, each as often as it occurs: in the order of the rows'
  /// hashes, so that a sum over them is the same wherever the graph stands.
  func members(_ rowOfNode: [Int32], marks: [UInt64]) -> SparseRows {
    var indices: [Int32] = []
    indices.reserveCapacity(nodes)
    for graph in 0..<graphs {
      indices += rowOfNode[Int(nodeOffsets[graph])..<Int(nodeOffsets[graph + 1])].sorted {
        (marks[Int($0)], $0) < (marks[Int($1)], $1)
      }
    }
    return SparseRows(columns: marks.count, offsets: nodeOffsets, indices: indices)
  }
}
