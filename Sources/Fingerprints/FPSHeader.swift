/// The head of an FPS file: what the fingerprints are and where they came from.
///
/// FPS is chemfp's text format (Dalke 2013, J. Cheminform. 5, P36): `#FPS1`, lines of `#key=value`,
/// then a line of hexadecimal digits, a tab and an id for each fingerprint.
public struct FPSHeader: Hashable, Sendable {
  /// The number of bits of every fingerprint.
  public var bitCount: Int
  /// The kind and its parameters, as in `RDKit-Morgan/2 radius=2 fpSize=2048`.
  public var type: String?
  /// The program that made the fingerprints.
  public var software: String?
  /// The files they were made from, in order.
  public var sources: [String] = []
  /// When, in ISO 8601.
  public var date: String?
  /// All other fields in the order of the file.
  public var others: [Field] = []

  /// A field this type does not know.
  public struct Field: Hashable, Sendable {
    /// The key before the first `=`.
    public let key: String
    /// All that follows it.
    public let value: String

    /// Creates a field.
    public init(key: String, value: String) {
      self.key = key
      self.value = value
    }
  }

  /// A head with no more than the width and the kind.
  public init(bitCount: Int, type: String? = nil) {
    self.bitCount = bitCount
    self.type = type
  }

  /// The fields as written, in chemfp's order.
  var fields: [Field] {
    var fields = [Field(key: "num_bits", value: String(bitCount))]
    if let type { fields.append(Field(key: "type", value: type)) }
    if let software { fields.append(Field(key: "software", value: software)) }
    fields += sources.map { Field(key: "source", value: $0) }
    if let date { fields.append(Field(key: "date", value: date)) }
    return fields + others
  }
}

/// One fingerprint of an FPS file.
public struct FPSRecord: Hashable, Sendable {
  /// The fingerprint.
  public let fingerprint: Fingerprint
  /// The molecule's id; never empty.
  public let id: String
  /// The line it stands on, from 1.
  public let line: Int
}
