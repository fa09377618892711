/// Why bytes are not a safetensors file we accept.
public enum SafetensorsError: Error, Hashable, Sendable {
  /// The file ends before its header does.
  case truncated(expected: Int, found: Int)
  /// The header is longer than a header may be.
  case headerTooLong(bytes: UInt64)
  /// The header is not JSON of the expected form.
  case malformedHeader(at: Int, String)
  /// A name occurs twice.
  case duplicateName(String)
  /// The number type is not one we read.
  case unsupportedType(String, tensor: String)
  /// The extents are negative, too many, or their product does not fit.
  case invalidShape(tensor: String)
  /// The byte range does not fit the shape, overlaps another, leaves a gap or leaves the file.
  case invalidRange(tensor: String)
  /// Bytes are left that no tensor claims.
  case unclaimedBytes(Int)
  /// A tensor that is needed is absent.
  case missing(String)
  /// A tensor has another shape than is needed.
  case unexpectedShape(tensor: String, expected: Shape, found: Shape)
  /// A tensor holds a NaN or an infinite number where none may be.
  case notFinite(tensor: String)
}

extension SafetensorsError: CustomStringConvertible {
  /// One line for a person.
  public var description: String {
    switch self {
    case .truncated(let expected, let found): "the file has \(found) bytes of \(expected) at least"
    case .headerTooLong(let bytes): "the header claims \(bytes) bytes"
    case .malformedHeader(let place, let what): "the header is malformed at byte \(place): \(what)"
    case .duplicateName(let name): "the name \"\(name)\" occurs twice"
    case .unsupportedType(let type, let name): "\"\(name)\" has numbers of type \(type)"
    case .invalidShape(let name): "the shape of \"\(name)\" is impossible"
    case .invalidRange(let name): "the bytes of \"\(name)\" do not fit its shape or the file"
    case .unclaimedBytes(let count): "\(count) bytes belong to no tensor"
    case .missing(let name): "the tensor \"\(name)\" is missing"
    case .unexpectedShape(let name, let expected, let found):
      "the tensor \"\(name)\" has the shape \(found), not \(expected)"
    case .notFinite(let name): "the tensor \"\(name)\" holds a number that is not finite"
    }
  }
}
