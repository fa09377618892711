internal import Tensors

/// What a message-passing network computes for a batch, every different environment once.
///
/// After `t` steps the hidden vector of an arc is a function of what stands within `t` bonds behind
/// it. In a batch of 64 drug-like molecules the 3,800 arcs have some 80 different surroundings
/// before the first step, 500 after it and 1,400 after the second; one product with the weights for
/// each of those is all that is needed, and the results are the same to the last bit.
struct Environments {
  /// The features of what sends messages before any step: arcs (those of the node they leave, then
  /// those of their edge), or nodes.
  let senders: SparseRows
  /// What the edges around a node add to each step; nil for messages between bonds.
  ///
  /// Its base is `senders`, its messages are `edges`.
  let surroundings: Neighbourhood?
  /// The features of all kinds of edges.
  let edges: SparseRows
  /// The steps between senders, `depth − 1` of them.
  let steps: [Neighbourhood]
  /// The features of the different nodes.
  let nodes: SparseRows
  /// The step from senders to nodes; its base is `nodes`.
  let readout: Neighbourhood
  /// The results of the readout that each graph's nodes have, each as often as it occurs.
  let members: SparseRows

  /// Finds the environments of a batch.
  ///
  /// - Parameters:
  ///   - depth: how many times messages are made; at least 1.
  ///   - isShared: false to compute equal environments again and again, as noise on each needs.
  /// - Complexity: O(depth × arcs)
  init(of batch: GraphBatch, messages: MessageKind, depth: Int, isShared: Bool) {
    let places = ArcPlaces(batch)
    let kinds = NodeKinds(in: batch)
    var front: MessageFront
    switch messages {
    case .bonds:
      front = MessageFront(arcs: ArcKinds(in: batch, places))
      senders = front.features
      surroundings = nil
    case .atoms:
      front = MessageFront(nodes: kinds)
      senders = front.features
      surroundings = front.addSurroundings(in: batch, places)
    }
    edges = batch.edgeKinds.features
    steps = (1..<max(1, depth)).map { step in
      messages == .bonds
        ? front.advanceArcs(places, isLast: step == depth - 1, isShared: isShared)
        : front.advanceNodes(places, isShared: isShared)
    }
    nodes = kinds.features
    var table = NeighbourhoodTable(bound: batch.nodes, isShared: isShared)
    var rowOfNode: [Int32] = []
    rowOfNode.reserveCapacity(batch.nodes)
    var neighbours: [Int32] = []
    for node in 0..<batch.nodes {
      neighbours.removeAll(keepingCapacity: true)
      for arc in places.arcs(into: node) {
        let sender = messages == .bonds ? arc : places.target[arc ^ 1]
        neighbours.append(front.rows[sender])
      }
      let kind = kinds.rows[node]
      rowOfNode.append(
        table.row(
          origin: kind, originMark: kinds.marks[Int(kind)], neighbours: &neighbours,
          neighbourMarks: front.marks))
    }
    readout = table.neighbourhood(origins: nodes.rows, neighbours: front.marks.count)
    members = batch.members(rowOfNode, marks: table.marks)
  }
}
