internal import Tensors

/// How the vectors of a graph's nodes become one vector.
public enum Aggregation: Codable, Hashable, Sendable {
  /// Their mean.
  case mean
  /// Their sum.
  case sum
  /// Their sum divided by a constant: chemprop's default, with 100.
  case norm(Float)
  /// Their mean weighted by the softmax of a linear function of each.
  case attentive

  /// The weights of the nodes: those of `members`, scaled graph by graph.
  func weights(of members: SparseRows) -> SparseRows {
    if self == .sum || self == .attentive { return members }
    var values: [Float] = []
    values.reserveCapacity(members.indices.count)
    for (start, end) in zip(members.offsets, members.offsets.dropFirst()) {
      let divisor: Float =
        switch self {
        case .mean: Float(end - start)
        case .norm(let constant): constant
        case .sum, .attentive: 1
        }
      values += repeatElement(1 / divisor, count: Int(end - start))
    }
    return SparseRows(
      columns: members.columns, offsets: members.offsets, indices: members.indices, values: values)
  }
}
