public import Tensors

/// Elements set to zero while training, the others scaled up (Srivastava 2014).
public struct Dropout: Hashable, Sendable {
  /// The share of elements set to zero, in `0..<1`.
  public let rate: Float

  /// Describes a layer; it has no weights.
  public init(rate: Float) {
    precondition(rate >= 0 && rate < 1, "a dropout rate of \(rate)")
    self.rate = rate
  }

  /// The layer's output; the input itself outside training.
  public func callAsFunction(_ x: Value, in pass: inout ForwardPass) -> Value {
    guard let mask = pass.nextMask(rate: rate) else { return x }
    return pass.graph.apply(.dropout(mask), x)
  }

  /// The same over the entries of sparse rows.
  public func callAsFunction(_ x: FeatureRows, in pass: inout ForwardPass) -> FeatureRows {
    guard let mask = pass.nextMask(rate: rate) else { return x }
    return FeatureRows(sparse: x.sparse.dropping(mask), dense: x.dense)
  }
}
