extension DatasetManifest {
  /// One file of a data set.
  public struct File: Codable, Hashable, Sendable {
    /// The name it gets.
    public var name: String
    /// Where it stands inside the wheel, or its URL; the same as the name where nil.
    public var member: String?
    /// The digest of the file as it is kept.
    public var sha256: Digest
    /// The size of the file as it is kept, in bytes.
    public var bytes: Int
    /// How many records it holds, without the header.
    public var rows: Int
    /// Its columns, where they differ from the data set's.
    public var columns: [Column]?
    /// Other published forms of the same rows that are as good.
    public var editions: [Edition]?
    /// How the member becomes the file; nil where it is the file.
    public var conversion: Conversion?

    /// Creates a file's entry.
    public init(
      name: String, member: String? = nil, sha256: Digest, bytes: Int, rows: Int,
      columns: [Column]? = nil, editions: [Edition]? = nil, conversion: Conversion? = nil
    ) {
      self.name = name
      self.member = member
      self.sha256 = sha256
      self.bytes = bytes
      self.rows = rows
      self.columns = columns
      self.editions = editions
      self.conversion = conversion
    }

    /// Whether a digest is that of the file or of an edition of it.
    public func accepts(_ digest: Digest) -> Bool {
      digest == sha256 || (editions ?? []).contains { $0.sha256 == digest }
    }
  }

  /// Another published form of a file, with the same rows.
  public struct Edition: Codable, Hashable, Sendable {
    /// The digest of that form.
    public var sha256: Digest
    /// How it differs.
    public var note: String

    /// Creates an edition.
    public init(sha256: Digest, note: String) {
      self.sha256 = sha256
      self.note = note
    }
  }
}
