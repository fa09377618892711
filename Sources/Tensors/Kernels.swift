internal import CTensors

/// The room's one door to the C kernels.
///
/// All `unsafe` of the room stands in this file and its facets.
/// Every pointer comes from an array that outlives the call, and every count is checked against it.
public struct Kernels: Hashable, Sendable {
  /// Which version runs: 0 portable, 1 AVX2, 2 AVX-512; they give the same bits.
  public let level: Int32

  /// The best version this processor has.
  public static let best = Kernels(level: ct_best_level())

  /// Every version this processor can run, for tests that compare them.
  public static var available: [Kernels] { (0...best.level).map(Kernels.init) }
}

/// Functions that act on each element alone; the numbers are the kernels'.
public enum ElementFunction: Int32, Hashable, Sendable, CaseIterable {
  /// `x`
  case identity = 0
  /// `max(x, 0)`
  case relu = 1
  /// `x · σ(x)`
  case silu = 2
  /// `1 / (1 + e⁻ˣ)`
  case sigmoid = 3
  /// The hyperbolic tangent.
  case tanh = 4
  /// `eˣ`, clamped to stay finite.
  case exp = 5

  /// Whether the slope cannot be told from the function's value alone.
  var slopeNeedsInput: Bool { self == .silu }
}

/// A result of `count` floats that the closure fills completely.
func filled(
  _ shape: Shape, _ fill: (UnsafeMutablePointer<Float>) -> Void
) -> Tensor {
  // A dangling base is never read or written: an empty result has nothing to fill.
  let count = shape.count
  guard count > 0 else { return Tensor(shape, []) }
  return Tensor(
    shape,
    unsafe [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
      if let base = buffer.baseAddress { unsafe fill(base) }
      initialized = count
    })
}

extension Kernels {
  func apply(_ function: ElementFunction, _ x: Tensor) -> Tensor {
    unsafe filled(x.shape) { unsafe ct_apply(level, function.rawValue, x.count, x.elements, $0) }
  }

  /// `g · f′(x)`, from `x` and `y = f(x)`.
  func applyBackward(_ function: ElementFunction, x: Tensor, y: Tensor, g: Tensor) -> Tensor {
    precondition(x.count == y.count && x.count == g.count, "\(x.shape), \(y.shape), \(g.shape)")
    return unsafe filled(x.shape) {
      unsafe ct_apply_backward(
        level, function.rawValue, x.count, x.elements, y.elements, g.elements, $0)
    }
  }

  func add(_ a: Tensor, _ b: Tensor) -> Tensor {
    precondition(a.shape == b.shape, "sum of \(a.shape) and \(b.shape)")
    return unsafe filled(a.shape) { unsafe ct_add(level, a.count, a.elements, b.elements, $0) }
  }

  func multiply(_ a: Tensor, _ b: Tensor) -> Tensor {
    precondition(a.shape == b.shape, "elementwise product of \(a.shape) and \(b.shape)")
    return unsafe filled(a.shape) {
      unsafe ct_multiply(level, a.count, a.elements, b.elements, $0)
    }
  }

  func scale(_ x: Tensor, by factor: Float) -> Tensor {
    unsafe filled(x.shape) { unsafe ct_scale(level, x.count, factor, x.elements, $0) }
  }

  /// `f(x + bias)`, the bias added to every row.
  func addBias(_ x: Tensor, _ bias: Tensor, _ function: ElementFunction = .identity) -> Tensor {
    precondition(bias.count == x.columns, "bias \(bias.shape) for rows of \(x.shape)")
    return unsafe filled(x.shape) {
      unsafe ct_bias_apply(
        level, function.rawValue, x.rows, x.columns, x.elements, bias.elements, $0)
    }
  }

  func applyInPlace(_ function: ElementFunction, _ elements: inout [Float]) {
    unsafe elements.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      unsafe ct_apply(level, function.rawValue, buffer.count, base, base)
    }
  }

  func columnSums(_ x: Tensor) -> Tensor {
    unsafe filled([x.columns]) { unsafe ct_column_sums(level, x.rows, x.columns, x.elements, $0) }
  }

  func sum(_ elements: [Float]) -> Double { unsafe ct_sum(level, elements.count, elements) }

  func sumOfSquares(_ elements: [Float]) -> Double {
    unsafe ct_sum_of_squares(level, elements.count, elements)
  }

  func dropout(_ x: Tensor, _ mask: DropoutMask) -> Tensor {
    unsafe filled(x.shape) {
      unsafe ct_dropout(level, x.count, mask.key, mask.threshold, mask.scale, x.elements, $0)
    }
  }
}
