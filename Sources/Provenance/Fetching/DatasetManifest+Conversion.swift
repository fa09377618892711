extension DatasetManifest {
  /// How a JSON file in an archive inside a wheel becomes a table.
  public struct Conversion: Codable, Hashable, Sendable {
    /// Where the JSON file stands inside the archive that the file's `member` names.
    public var inner: String
    /// The size of the JSON file, in bytes.
    public var bytes: Int
    /// How the JSON file lays its values out.
    public var shape: Shape
    /// The columns of the table, in order.
    public var columns: [Field]

    /// Creates a conversion.
    public init(inner: String, bytes: Int, shape: Shape, columns: [Field]) {
      self.inner = inner
      self.bytes = bytes
      self.shape = shape
      self.columns = columns
    }

    /// How a JSON file lays out a table: an object of fields, each an object by row number.
    public enum Shape: String, Codable, Hashable, Sendable {
      /// Each field is a column of the table.
      case columns
      /// Three fields: a thing, one of its properties, the value. Things become rows in the order of
      /// their first mention; several values of one property are joined by `|`.
      case triples
    }

    /// One column of the table and where it comes from.
    public struct Field: Codable, Hashable, Sendable {
      /// The field of the JSON file, or the property; the name of the first field is the thing.
      public var from: String
      /// The name in the table's header.
      public var to: String

      /// Creates a column.
      public init(from: String, to: String) {
        self.from = from
        self.to = to
      }
    }
  }
}
