import NeuralNetworks
import Tensors

/// A made-up graph: kinds of its nodes, and its edges with their kinds.
struct ExampleGraph {
  var nodes: [Int32]
  var edges: [(ends: (Int32, Int32), kind: Int32)]

  /// A random tree with some rings, of few kinds, so that equal environments occur.
  init(nodes count: Int, rings: Int, using source: inout RandomSource) {
    nodes = (0..<count).map { _ in Int32(source.next() % 3) }
    edges = []
    for node in 1..<max(1, count) {
      let parent = Int32(source.next() % UInt64(node))
      edges.append(((parent, Int32(node)), Int32(source.next() % 2)))
    }
    for _ in 0..<rings where count > 2 {
      let first = Int32(source.next() % UInt64(count - 1))
      edges.append(((first, Int32(count - 1)), 0))
    }
    edges.removeAll { $0.ends.0 == $0.ends.1 }
  }

  /// The same graph with nodes and edges in another order, and edges turned round.
  func rewritten(using source: inout RandomSource) -> ExampleGraph {
    var copy = self
    let order = source.permutation(nodes.count)
    var place = [Int32](repeating: 0, count: nodes.count)
    for (new, old) in order.enumerated() { place[old] = Int32(new) }
    copy.nodes = order.map { nodes[$0] }
    copy.edges = source.permutation(edges.count).map { edge in
      let ends = edges[edge].ends
      return ((place[Int(ends.1)], place[Int(ends.0)]), edges[edge].kind)
    }
    return copy
  }
}

extension GraphBatch {
  static let exampleColumns = (nodes: 5, edges: 3)

  init(_ graphs: [ExampleGraph]) {
    func offsets(_ counts: [Int]) -> [Int32] {
      counts.reduce(into: [0]) { $0.append(($0.last ?? 0) + Int32($1)) }
    }
    self.init(
      nodeKinds: FeatureKinds(
        SparseRows(columns: 5, entries: [[(0, 1), (4, 0.12)], [(1, 1), (4, 0.16)], [(2, 1)]])),
      edgeKinds: FeatureKinds(SparseRows(columns: 3, setColumns: [[0], [1, 2]])),
      nodeOffsets: offsets(graphs.map(\.nodes.count)),
      edgeOffsets: offsets(graphs.map(\.edges.count)), kindOfNode: graphs.flatMap(\.nodes),
      kindOfEdge: graphs.flatMap { $0.edges.map(\.kind) },
      ends: graphs.flatMap { $0.edges.flatMap { [$0.ends.0, $0.ends.1] } })
  }
}

/// Graphs of 1 to 12 nodes.
func exampleGraphs(_ count: Int, seed: UInt64) -> [ExampleGraph] {
  var source = RandomSource(seed: seed)
  return (0..<count).map { index in
    ExampleGraph(
      nodes: index == 0 ? 1 : 2 + Int(source.next() % 11), rings: index % 3, using: &source)
  }
}
