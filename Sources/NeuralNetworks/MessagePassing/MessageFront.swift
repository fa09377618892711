internal import Tensors

/// The senders as they stand between two steps.
struct MessageFront {
  /// The features of the different senders before any step.
  let features: SparseRows
  /// The row each sender has by now; negative for one that no step will ask for.
  var rows: [Int32]
  /// A hash of each of those rows.
  var marks: [UInt64]
  /// The row of each sender in the base of the steps.
  var origins: [Int32]
  /// A hash of each of those rows.
  var originMarks: [UInt64]

  init(arcs: ArcKinds) {
    (features, rows, marks) = (arcs.features, arcs.rows, arcs.marks)
    (origins, originMarks) = (rows, marks)
  }

  init(nodes: NodeKinds) {
    (features, rows, marks) = (nodes.features, nodes.rows, nodes.marks)
    (origins, originMarks) = (rows, marks)
  }

  /// One step from arc to arc: a message goes on, but never straight back.
  mutating func advanceArcs(
    _ places: ArcPlaces, isLast: Bool, isShared: Bool
  ) -> Neighbourhood {
    advance(isShared: isShared) { [rows] arc, neighbours in
      // An arc into a dead end sends no message to another arc, only to its node at the last.
      if !isLast, places.degree(of: places.target[arc]) == 1 { return false }
      for incoming in places.arcs(into: places.target[arc ^ 1]) where incoming != arc ^ 1 {
        neighbours.append(rows[incoming])
      }
      return true
    }
  }

  /// One step from node to node.
  mutating func advanceNodes(_ places: ArcPlaces, isShared: Bool) -> Neighbourhood {
    advance(isShared: isShared) { [rows] node, neighbours in
      for arc in places.arcs(into: node) { neighbours.append(rows[places.target[arc ^ 1]]) }
      return true
    }
  }

  /// Puts the edges around each node into the base of the steps.
  mutating func addSurroundings(in batch: GraphBatch, _ places: ArcPlaces) -> Neighbourhood {
    var table = NeighbourhoodTable(bound: rows.count, isShared: true)
    var around: [Int32] = []
    for node in rows.indices {
      around.removeAll(keepingCapacity: true)
      for arc in places.arcs(into: node) { around.append(batch.kindOfEdge[arc / 2]) }
      origins[node] = table.row(
        origin: rows[node], originMark: marks[Int(rows[node])], neighbours: &around,
        neighbourMarks: batch.edgeKinds.marks)
    }
    originMarks = table.marks
    return table.neighbourhood(origins: marks.count, neighbours: batch.edgeKinds.count)
  }

  /// The next rows; `gather` lists a sender's neighbours, or says that nobody will ask for it.
  private mutating func advance(
    isShared: Bool, _ gather: (Int, inout [Int32]) -> Bool
  ) -> Neighbourhood {
    var table = NeighbourhoodTable(bound: rows.count, isShared: isShared)
    var next = [Int32](repeating: -1, count: rows.count)
    var neighbours: [Int32] = []
    for sender in rows.indices {
      neighbours.removeAll(keepingCapacity: true)
      guard gather(sender, &neighbours) else { continue }
      next[sender] = table.row(
        origin: origins[sender], originMark: originMarks[Int(origins[sender])],
        neighbours: &neighbours, neighbourMarks: marks)
    }
    let step = table.neighbourhood(origins: originMarks.count, neighbours: marks.count)
    rows = next
    marks = table.marks
    return step
  }
}
