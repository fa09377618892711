/// A SMARTS pattern, read once and matched against many structures from any number of threads.
public struct SubstructurePattern: Sendable {
  /// The text that it was read from.
  public let smarts: String

  let handle: PatternHandle

  /// Reads a SMARTS.
  ///
  /// - Throws: ``MoleculeError`` `.unreadable`, `.empty`, or what the limits refuse: `.tooLong`,
  ///   `.tooLarge`, `.tooComplex`.
  public init(smarts: String, limits: PatternLimits = .default) throws(MoleculeError) {
    self.smarts = smarts
    handle = try PatternHandle(smarts: smarts, limits: limits)
  }
}

extension SubstructurePattern: Hashable, Codable, CustomStringConvertible {
  /// Whether the texts are the same.
  public static func == (one: SubstructurePattern, other: SubstructurePattern) -> Bool {
    one.smarts == other.smarts
  }

  /// Hashes the text.
  public func hash(into hasher: inout Hasher) { hasher.combine(smarts) }

  /// Reads the pattern from its text.
  public init(from decoder: any Decoder) throws {
    self = try SubstructurePattern(smarts: decoder.singleValueContainer().decode(String.self))
  }

  /// Writes the pattern as its text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(smarts)
  }

  /// The pattern's text.
  public var description: String { smarts }
}
