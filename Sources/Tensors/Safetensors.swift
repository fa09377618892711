/// Named tensors and notes, as a safetensors file holds them.
///
/// The format: 8 bytes with the header's length (little endian), a JSON header with each tensor's
/// type, shape and byte range, then the numbers. Reading trusts nothing in it.
public struct Safetensors: Hashable, Sendable {
  /// The tensors by name.
  public var tensors: [String: Tensor]
  /// Free notes, the file's `__metadata__`.
  public var metadata: [String: String]

  /// Collects tensors to be written.
  public init(tensors: [String: Tensor], metadata: [String: String] = [:]) {
    self.tensors = tensors
    self.metadata = metadata
  }

  /// The tensor with a name and a shape.
  public func tensor(_ name: String, shape: Shape) throws(SafetensorsError) -> Tensor {
    guard let tensor = tensors[name] else { throw .missing(name) }
    guard tensor.shape == shape else {
      throw .unexpectedShape(tensor: name, expected: shape, found: tensor.shape)
    }
    return tensor
  }
}

/// How a number is kept in a file.
public enum NumberType: String, Hashable, Sendable, CaseIterable {
  /// 32 bits, exact.
  case float32 = "F32"
  /// 16 bits with 8 of exponent: the range of 32 bits, 3 digits.
  case bfloat16 = "BF16"
  /// 16 bits with 5 of exponent: up to 65,504, 3 to 4 digits.
  case float16 = "F16"

  /// The bytes of a number.
  public var byteCount: Int { self == .float32 ? 4 : 2 }
}
