internal import CTensors

extension Kernels {
  /// `f(base[origin] + Σ messages[neighbour])`.
  func neighbourSum(
    _ places: Neighbourhood, base: Tensor, messages: Tensor, _ function: ElementFunction
  ) -> Tensor {
    precondition(base.rows == places.originCount, "\(places.originCount) origins, \(base.shape)")
    precondition(
      messages.rows == places.neighbourCount, "\(places.neighbourCount) rows, \(messages.shape)")
    precondition(base.columns == messages.columns, "\(base.shape) beside \(messages.shape)")
    return unsafe filled([places.rows, base.columns]) {
      unsafe ct_neighbour_sum(
        level, places.rows, places.origins, places.offsets, places.neighbours, base.columns,
        base.elements, messages.elements, function.rawValue, $0)
    }
  }

  /// The sum of the listed rows of `x`, for a matrix whose entries are all 1.
  func rowSums(_ lists: SparseRows, of x: Tensor) -> Tensor {
    precondition(lists.values == nil && lists.columns == x.rows, "\(lists.columns) of \(x.shape)")
    return unsafe filled([lists.rows, x.columns]) {
      unsafe ct_neighbour_sum(
        level, lists.rows, nil, lists.offsets, lists.indices, x.columns, nil, x.elements,
        ElementFunction.identity.rawValue, $0)
    }
  }
}
