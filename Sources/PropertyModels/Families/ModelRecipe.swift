/// A family with its settings, as a value that can be written down: what to train.
///
/// As JSON: `{"family": "nearest-neighbours", "settings": {…}}`.
public struct ModelRecipe: Hashable, Sendable {
  /// The family with its settings.
  public let family: any ModelFamily

  /// Wraps a family.
  public init(_ family: some ModelFamily) { self.family = family }

  /// The family's name.
  public var name: String { type(of: family).name }

  /// Whether family and settings are the same.
  public static func == (one: ModelRecipe, other: ModelRecipe) -> Bool {
    AnyHashable(one.family) == AnyHashable(other.family)
  }

  /// Hashes family and settings.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    family.hash(into: &hasher)
  }
}

extension ModelRecipe: CustomStringConvertible {
  /// The family's name.
  public var description: String { name }
}

extension ModelRecipe: Codable {
  private enum Key: String, CodingKey { case family, settings }

  /// Reads a recipe; a family that is not known is an error that lists those that are.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let name = try container.decode(String.self, forKey: .family)
    guard let type = ModelFamilies.named(name) else {
      let known = ModelFamilies.all.map { $0.name }.joined(separator: ", ")
      throw DecodingError.dataCorruptedError(
        forKey: .family, in: container,
        debugDescription: "no family is called \(name); there are \(known)")
    }
    family = try Self.decode(type, container)
  }

  private static func decode<Family: ModelFamily>(
    _ type: Family.Type, _ container: KeyedDecodingContainer<Key>
  ) throws -> any ModelFamily {
    try container.decode(type, forKey: .settings)
  }

  /// Writes the family's name and its settings.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(name, forKey: .family)
    try container.encode(family, forKey: .settings)
  }
}
