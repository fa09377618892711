public import Foundation

/// JSON whose bytes depend on the value alone: sorted keys, shortest exact numbers, a last newline.
public enum StableJSON {
  /// The bytes of a value.
  ///
  /// Throws for a number that is not finite: an undefined number is nil and has no key.
  public static func encode(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(value) + Data("\n".utf8)
  }

  /// Reads a value.
  public static func decode<Value: Decodable>(_ type: Value.Type, from data: Data) throws -> Value {
    try JSONDecoder().decode(type, from: data)
  }

  /// Reads a value from a file.
  public static func decode<Value: Decodable>(_ type: Value.Type, at url: URL) throws -> Value {
    try decode(type, from: Data(contentsOf: url))
  }

  /// Writes a value to a file, whole or not at all.
  @discardableResult
  public static func write(_ value: some Encodable, to url: URL) throws -> Digest {
    try AtomicFile.write(encode(value), to: url)
  }
}
