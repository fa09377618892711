internal import Tensors

/// How the vectors of a graph's nodes become one vector.
public enum Aggregation: Codable, Hashable, Sendable {
  /// Their mean.
  case mean
  /// Their sum.
  case sum
  /// Their sum divided by a constant: chemprop's default, with 100.
  case norm(Float)

  /// The weights of the nodes: the counts of `members`, scaled graph by graph.
  func weights(of members: SparseRows, in batch: GraphBatch) -> SparseRows {
    guard self != .sum else { return members }
    let counts = members.values ?? []
    var values: [Float] = []
    values.reserveCapacity(counts.count)
    for graph in 0..<batch.graphs {
      let divisor: Float =
        switch self {
        case .mean: Float(batch.nodeOffsets[graph + 1] - batch.nodeOffsets[graph])
        case .sum: 1
        case .norm(let constant): constant
        }
      for entry in Int(members.offsets[graph])..<Int(members.offsets[graph + 1]) {
        values.append(counts[entry] / divisor)
      }
    }
    return SparseRows(
      columns: members.columns, offsets: members.offsets, indices: members.indices, values: values)
  }
}
