/// Where a real data set comes from, what its files hold, and how to know that they are right.
///
/// The content of `Datasets/NAME.json`; the data itself never stands in the repository.
public struct DatasetManifest: Codable, Hashable, Sendable {
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

  /// Creates a manifest.
  public init(
    name: String, title: String, license: License, citation: String, source: DatasetSource,
    columns: [Column]? = nil, files: [File]
  ) {
    self.name = name
    self.title = title
    self.license = license
    self.citation = citation
    self.source = source
    self.columns = columns
    self.files = files
  }

  /// How many records all files hold together.
  public var rows: Int { files.reduce(0) { $0 + $1.rows } }

  /// The licence of a data set.
  public struct License: Codable, Hashable, Sendable {
    /// The licence's short name, such as `CC-BY-SA-3.0`.
    public var name: String
    /// What it asks or forbids, in a sentence.
    public var note: String?

    /// Creates a licence.
    public init(name: String, note: String? = nil) {
      self.name = name
      self.note = note
    }
  }

  /// One column of a table.
  public struct Column: Codable, Hashable, Sendable {
    /// The name in the header.
    public var name: String
    /// The unit; nil for texts and pure numbers.
    public var unit: String?
    /// What it holds.
    public var meaning: String

    /// Creates a column.
    public init(name: String, unit: String? = nil, meaning: String) {
      self.name = name
      self.unit = unit
      self.meaning = meaning
    }
  }
}
