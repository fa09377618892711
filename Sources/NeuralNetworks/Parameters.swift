public import Tensors

/// A network's weights by name, in a fixed order.
public struct Parameters: Hashable, Sendable {
  /// The names, in the order they were added.
  public private(set) var names: [String] = []
  /// The tensors, in the names' order.
  public private(set) var tensors: [Tensor] = []
  private var places: [String: Int] = [:]

  /// No weights.
  public init() {}

  /// How many tensors.
  public var count: Int { names.count }

  /// How many numbers in all tensors.
  public var elementCount: Int { tensors.reduce(0) { $0 + $1.count } }

  /// Adds a tensor under a new name.
  public mutating func add(_ name: String, _ tensor: Tensor) {
    precondition(places[name] == nil, "two parameters named \(name)")
    places[name] = names.count
    names.append(name)
    tensors.append(tensor)
  }

  /// The tensor with a name, which the network's architecture promises.
  public subscript(name: String) -> Tensor {
    guard let place = places[name] else { preconditionFailure("no parameter named \(name)") }
    return tensors[place]
  }

  /// Changes a tensor in place; its shape stays.
  mutating func change(_ place: Int, _ body: (inout Tensor) -> Void) { body(&tensors[place]) }

  /// The same names and shapes with the tensors of a file.
  ///
  /// A tensor that is missing, has another shape or holds a number that is not finite is an error.
  public func reading(
    from file: Safetensors, prefix: String = ""
  ) throws(SafetensorsError) -> Parameters {
    var result = Parameters()
    for (name, old) in zip(names, tensors) {
      let tensor = try file.tensor(prefix + name, shape: old.shape)
      guard tensor.isFinite else { throw .notFinite(tensor: prefix + name) }
      result.add(name, tensor)
    }
    return result
  }

  /// The tensors by name, as a file holds them.
  public func named(prefix: String = "") -> [String: Tensor] {
    Dictionary(uniqueKeysWithValues: zip(names.map { prefix + $0 }, tensors))
  }
}
