/// Graphs one after another: the input of a message-passing network.
///
/// Nodes and edges are told by their kind, a row of a table of features that all graphs share: a
/// data set has a few hundred kinds of atoms and a dozen of bonds, so a graph is a few small
/// numbers. Every edge is two arcs, one each way: edge `e` is arc `2e` from its first end to its
/// second, and arc `2e + 1` back, so the reverse of an arc differs in the lowest bit.
public struct GraphBatch: Hashable, Sendable {
  /// The features of each kind of node.
  public let nodeKinds: FeatureKinds
  /// The features of each kind of edge.
  public let edgeKinds: FeatureKinds
  /// Where each graph's nodes begin, and one past the last; `graphs + 1` numbers from 0.
  public let nodeOffsets: [Int32]
  /// Where each graph's edges begin, and one past the last; `graphs + 1` numbers from 0.
  public let edgeOffsets: [Int32]
  /// The kind of each node.
  public let kindOfNode: [Int32]
  /// The kind of each edge.
  public let kindOfEdge: [Int32]
  /// The two ends of each edge, nodes counted within their graph.
  public let ends: [Int32]

  /// How many graphs.
  public var graphs: Int { nodeOffsets.count - 1 }
  /// How many nodes in all graphs.
  public var nodes: Int { kindOfNode.count }
  /// How many arcs in all graphs: two for each edge.
  public var arcs: Int { ends.count }

  /// Wraps the lists; their consistency is the caller's duty and is checked.
  ///
  /// - Complexity: O(nodes + edges)
  public init(
    nodeKinds: FeatureKinds, edgeKinds: FeatureKinds, nodeOffsets: [Int32], edgeOffsets: [Int32],
    kindOfNode: [Int32], kindOfEdge: [Int32], ends: [Int32]
  ) {
    precondition(nodeOffsets.count == edgeOffsets.count, "nodes and edges of different graphs")
    for (offsets, count) in [(nodeOffsets, kindOfNode.count), (edgeOffsets, kindOfEdge.count)] {
      precondition(offsets.first == 0 && offsets.last == Int32(count), "offsets of a list")
      precondition(zip(offsets, offsets.dropFirst()).allSatisfy { $0 <= $1 }, "offsets ascend")
    }
    precondition(kindOfNode.allSatisfy { $0 >= 0 && $0 < nodeKinds.count }, "unknown node kind")
    precondition(kindOfEdge.allSatisfy { $0 >= 0 && $0 < edgeKinds.count }, "unknown edge kind")
    precondition(ends.count == 2 * kindOfEdge.count, "two ends for each edge")
    for graph in 0..<nodeOffsets.count - 1 {
      let nodes = nodeOffsets[graph + 1] - nodeOffsets[graph]
      for end in ends[2 * Int(edgeOffsets[graph])..<2 * Int(edgeOffsets[graph + 1])] {
        precondition(end >= 0 && end < nodes, "an edge to node \(end) of \(nodes)")
      }
    }
    self.nodeKinds = nodeKinds
    self.edgeKinds = edgeKinds
    self.nodeOffsets = nodeOffsets
    self.edgeOffsets = edgeOffsets
    self.kindOfNode = kindOfNode
    self.kindOfEdge = kindOfEdge
    self.ends = ends
  }

  private init(
    _ kinds: GraphBatch, nodeOffsets: [Int32], edgeOffsets: [Int32], kindOfNode: [Int32],
    kindOfEdge: [Int32], ends: [Int32]
  ) {
    nodeKinds = kinds.nodeKinds
    edgeKinds = kinds.edgeKinds
    self.nodeOffsets = nodeOffsets
    self.edgeOffsets = edgeOffsets
    self.kindOfNode = kindOfNode
    self.kindOfEdge = kindOfEdge
    self.ends = ends
  }

  /// The graphs with these numbers, in this order; a graph may be taken more than once.
  ///
  /// - Complexity: O(nodes and edges taken)
  public func selecting(_ chosen: some Collection<Int>) -> GraphBatch {
    var nodeOffsets: [Int32] = [0]
    var edgeOffsets: [Int32] = [0]
    var kindOfNode: [Int32] = []
    var kindOfEdge: [Int32] = []
    var ends: [Int32] = []
    for graph in chosen {
      let edges = Int(self.edgeOffsets[graph])..<Int(self.edgeOffsets[graph + 1])
      kindOfNode +=
        self.kindOfNode[
          Int(self.nodeOffsets[graph])..<Int(self.nodeOffsets[graph + 1])]
      kindOfEdge += self.kindOfEdge[edges]
      ends += self.ends[2 * edges.lowerBound..<2 * edges.upperBound]
      nodeOffsets.append(Int32(kindOfNode.count))
      edgeOffsets.append(Int32(kindOfEdge.count))
    }
    return GraphBatch(
      self, nodeOffsets: nodeOffsets, edgeOffsets: edgeOffsets, kindOfNode: kindOfNode,
      kindOfEdge: kindOfEdge, ends: ends)
  }
}

/// A table of the different feature rows of nodes or edges.
public struct FeatureKinds: Hashable, Sendable {
  /// The features, one row for each kind.
  public let features: SparseRows
  /// A hash of each row's content, the same in every table.
  ///
  /// It gives neighbours an order that does not depend on the table, and so the sums over them.
  public let marks: [UInt64]

  /// How many kinds.
  public var count: Int { features.rows }

  /// Makes the table from its rows.
  public init(_ features: SparseRows) {
    self.features = features
    marks = (0..<features.rows).map { row in
      var mark: UInt64 = 0
      for entry in Int(features.offsets[row])..<Int(features.offsets[row + 1]) {
        let value = features.values?[entry] ?? 1
        let content = UInt64(UInt32(bitPattern: features.indices[entry])) << 32
        mark = mixed(mark ^ (content | UInt64(value.bitPattern)))
      }
      return mark
    }
  }
}
