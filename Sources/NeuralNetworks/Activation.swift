public import Tensors

/// The function between two layers.
public enum Activation: String, Codable, Hashable, Sendable, CaseIterable {
  /// `max(x, 0)`
  case relu
  /// `x · σ(x)`, also called swish.
  case silu
  /// The hyperbolic tangent.
  case tanh

  /// The function of one element.
  public var function: ElementFunction {
    switch self {
    case .relu: .relu
    case .silu: .silu
    case .tanh: .tanh
    }
  }
}
