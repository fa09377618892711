public import Tensors

/// The input of a message-passing network: graphs and, where wanted, descriptors beside them.
public struct GraphRows: Hashable, Sendable {
  /// The graphs, one for each molecule.
  public let graphs: GraphBatch
  /// Other features, shape `[graphs, descriptors]`; nil for none.
  public let descriptors: Tensor?

  /// Puts both parts side by side; they must have as many rows.
  public init(_ graphs: GraphBatch, descriptors: Tensor? = nil) {
    precondition(
      descriptors.map { $0.rows == graphs.graphs } ?? true, "descriptors of other graphs")
    self.graphs = graphs
    self.descriptors = descriptors
  }

  /// The width of the descriptors.
  public var descriptorCount: Int { descriptors?.columns ?? 0 }
}

extension GraphRows: BatchSource {
  /// How many graphs.
  public var rows: Int { graphs.graphs }

  /// The graphs with these numbers, in this order.
  public func selecting(_ chosen: some Collection<Int>) -> GraphRows {
    GraphRows(graphs.selecting(chosen), descriptors: descriptors?.selectingRows(chosen))
  }
}
