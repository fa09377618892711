/// A step of a computation that can be differentiated.
///
/// What is differentiated comes in as inputs; everything else is part of the case.
public enum Operation: Hashable, Sendable {
  /// A function of each element.
  case elementwise(ElementFunction)
  /// The natural logarithm of each element.
  case logarithm
  /// `a + b`, one shape.
  case add
  /// `a − b`, one shape.
  case subtract
  /// `a · b` element by element, one shape.
  case multiply
  /// `a` times a constant.
  case scale(Float)
  /// A matrix and a row added to each of its rows.
  case addBias
  /// `op(a) · op(b)`.
  case matrixProduct(transposingLeft: Bool = false, transposingRight: Bool = false)
  /// A constant sparse matrix times the input.
  case sparseProduct(SparseRows)
  /// The sum of all elements, a scalar.
  case sum
  /// The mean of all elements, a scalar.
  case mean
  /// Rows to zero mean and unit variance, then gain and bias; inputs: matrix, gain, bias.
  case layerNorm(epsilon: Float)
  /// A step of message passing: `f(base[origin] + Σ messages[neighbour])`; inputs: base, messages.
  case neighbourSum(Neighbourhood, ElementFunction)
  /// Means of rows weighted by the softmax of their scores: the constant matrix says how often each
  /// row counts for each result. Inputs: rows, scores (one column).
  case attention(SparseRows)
  /// Elements set to zero by a mask, the others scaled up.
  case dropout(DropoutMask)
  /// The rows with these numbers, in this order.
  case gatherRows([Int32])
  /// The columns of two matrices side by side.
  case joinColumns
  /// Some adjacent columns of a matrix.
  case columns(Range<Int>)
  /// The weighted mean loss of predictions against constant targets, a scalar; `bounds` are 1 where
  /// the truth is at least the target, −1 where it is at most that, else 0.
  case loss(Loss, targets: Tensor, weights: Tensor?, bounds: Tensor? = nil)
}
