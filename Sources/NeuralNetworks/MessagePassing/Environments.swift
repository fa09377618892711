internal import Tensors

/// What a message-passing network computes for a batch, every different environment once.
///
/// After `t` steps the hidden vector of an arc is a function of what stands within `t` bonds behind
/// it. In a batch of 64 drug-like molecules the 3,800 arcs have some 80 different surroundings
/// before the first step, 500 after it and 1,400 after the second; a product with the weights for
/// each of those is all that is needed, and the results are the same to the last bit.
struct Environments {
  /// The features of the different arcs: those of the node they leave and of their edge.
  let arcs: SparseRows
  /// The steps between arcs, `depth − 1` of them; the base of each is `arcs`.
  let steps: [Neighbourhood]
  /// The features of the different nodes.
  let nodes: SparseRows
  /// The step from arcs to nodes; its base is `nodes`.
  let readout: Neighbourhood
  /// How often each result of the readout stands in each graph; row by row, in a fixed order.
  let members: SparseRows

  /// Finds the environments of a batch.
  ///
  /// - Parameters:
  ///   - depth: how many times messages are made; at least 1.
  ///   - isShared: false to compute equal environments again and again, as noise on each needs.
  /// - Complexity: O(depth × arcs)
  init(of batch: GraphBatch, depth: Int, isShared: Bool) {
    let places = ArcPlaces(batch)
    let first = places.kinds(in: batch)
    arcs = first.features
    var current = first.rows
    var marks = first.marks
    var steps: [Neighbourhood] = []
    var neighbours: [Int32] = []
    for step in 1..<max(1, depth) {
      let isLast = step == depth - 1
      var table = NeighbourhoodTable(bound: batch.arcs, isShared: isShared)
      var next = [Int32](repeating: -1, count: batch.arcs)
      for arc in 0..<batch.arcs {
        // An arc into a dead end sends no message to another arc, only to its node at the last.
        if !isLast, places.degree(of: places.target[arc]) == 1 { continue }
        neighbours.removeAll(keepingCapacity: true)
        for incoming in places.arcs(into: places.target[arc ^ 1]) where incoming != arc ^ 1 {
          neighbours.append(current[incoming])
        }
        next[arc] = table.row(
          origin: first.rows[arc], originMark: first.marks[Int(first.rows[arc])],
          neighbours: &neighbours, neighbourMarks: marks)
      }
      steps.append(table.neighbourhood(origins: arcs.rows, neighbours: marks.count))
      current = next
      marks = table.marks
    }
    self.steps = steps

    let kinds = NodeKinds(in: batch)
    nodes = kinds.features
    var table = NeighbourhoodTable(bound: batch.nodes, isShared: isShared)
    var rowOfNode: [Int32] = []
    rowOfNode.reserveCapacity(batch.nodes)
    for node in 0..<batch.nodes {
      neighbours.removeAll(keepingCapacity: true)
      for incoming in places.arcs(into: node) { neighbours.append(current[incoming]) }
      let kind = kinds.rows[node]
      rowOfNode.append(
        table.row(
          origin: kind, originMark: kinds.marks[Int(kind)], neighbours: &neighbours,
          neighbourMarks: marks))
    }
    readout = table.neighbourhood(origins: nodes.rows, neighbours: marks.count)
    members = batch.members(rowOfNode, marks: table.marks)
  }
}
