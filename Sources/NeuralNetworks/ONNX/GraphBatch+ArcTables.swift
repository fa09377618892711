public import Tensors

/// A batch of graphs as the plain tables that other programs read.
public struct ArcTables: Hashable, Sendable {
  /// The atoms' features, shape `[atoms, columns]`.
  public let atoms: Tensor
  /// The features of each arc's bond, shape `[arcs, columns]`; arcs `2e` and `2e + 1` are bond `e`.
  public let arcs: Tensor
  /// The atom each arc leaves.
  public let source: [Int]
  /// The atom each arc leads to.
  public let target: [Int]
  /// The arc back.
  public let reverse: [Int]
  /// The molecule of each atom.
  public let molecule: [Int]
}

extension GraphBatch {
  /// The batch as tables, atoms and arcs counted through all molecules.
  public var arcTables: ArcTables {
    let target = ArcPlaces(self).target
    let edges = edgeKinds.features.selecting((0..<arcs).map { Int(kindOfEdge[$0 / 2]) })
    return ArcTables(
      atoms: nodeKinds.features.selecting(kindOfNode.map { Int($0) }).dense(), arcs: edges.dense(),
      source: target.indices.map { target[$0 ^ 1] }, target: target,
      reverse: target.indices.map { $0 ^ 1 },
      molecule: (0..<graphs).flatMap { graph in
        repeatElement(graph, count: Int(nodeOffsets[graph + 1] - nodeOffsets[graph]))
      })
  }
}
