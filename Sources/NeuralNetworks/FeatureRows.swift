public import Tensors

/// The input of a fingerprint network: sparse columns and, where wanted, dense features beside them.
public struct FeatureRows: Hashable, Sendable {
  /// Fingerprints, one row for each molecule.
  public let sparse: SparseRows
  /// Other features, shape `[rows, features]`; nil for none.
  public let dense: Tensor?

  /// Puts both parts side by side; they must have as many rows.
  public init(sparse: SparseRows, dense: Tensor? = nil) {
    precondition(dense.map { $0.rows == sparse.rows } ?? true, "dense rows unlike sparse rows")
    self.sparse = sparse
    self.dense = dense
  }

  /// The width of the dense part.
  public var featureCount: Int { dense?.columns ?? 0 }
}

/// Something whose rows a trainer can pick for a batch.
public protocol BatchSource: Sendable {
  /// How many rows.
  var rows: Int { get }
  /// The rows with these numbers, in this order.
  func selecting(_ chosen: some Collection<Int>) -> Self
}

extension FeatureRows: BatchSource {
  /// How many rows.
  public var rows: Int { sparse.rows }

  /// The rows with these numbers, in this order.
  public func selecting(_ chosen: some Collection<Int>) -> FeatureRows {
    FeatureRows(sparse: sparse.selecting(chosen), dense: dense?.selectingRows(chosen))
  }

  /// The rows of a range.
  public subscript(range: Range<Int>) -> FeatureRows {
    FeatureRows(sparse: sparse[range], dense: dense?.rows(range))
  }
}
