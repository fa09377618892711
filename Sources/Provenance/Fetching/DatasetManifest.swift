/// Where a real data set comes from, what its files hold, and how to know that they are right: the
/// content of `Datasets/NAME.json`. The data itself never stands in the repository.
public struct DatasetManifest: Codable, Hashable, Sendable {
  /// The licence of the data.
  public struct License: Codable, Hashable, Sendable {
    /// The licence's short name, such as `CC-BY-SA-3.0`.
    public var name: String
    /// What it asks or forbids, in a sentence.
    public var note: String?
  }

  /// The name on the command line.
  public var name: String
  /// What it is, in a line.
  public var title: String
  /// The licence of the data.
  public var license: License
  /// The work to cite.
  public var citation: String
  /// Where it comes from.
  public var source: DatasetSource
  /// The columns of each file that names none of its own.
  public var columns: [Column]?
  /// The files.
  public var files: [File]

  /// One column of a table.
  public struct Column: Codable, Hashable, Sendable {
    /// The name in the header.
    public var name: String
    /// The unit; nil for texts and pure numbers.
    public var unit: String?
    /// What it holds.
    public var meaning: String
  }

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
  }

  /// Another published form of a file, with the same rows.
  public struct Edition: Codable, Hashable, Sendable {
    /// The digest of that form.
    public var sha256: Digest
    /// How it differs.
    public var note: String
  }

  /// How many records all files hold together.
  public var rows: Int { files.reduce(0) { $0 + $1.rows } }
}

extension DatasetManifest.File {
  /// Whether a digest is that of the file or of an edition of it.
  public func accepts(_ digest: Digest) -> Bool {
    digest == sha256 || (editions ?? []).contains { $0.sha256 == digest }
  }
}
