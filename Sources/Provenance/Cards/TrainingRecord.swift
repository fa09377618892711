/// The rows a model learned from, and how they were divided.
public struct TrainingRecord: Codable, Hashable, Sendable {
  /// The data file.
  public var data: Artifact
  /// The licence of the data, with what it forbids.
  public var license: String
  /// How the rows were divided, such as `column split` or `scaffold, balanced, seed 7`.
  public var split: String
  /// How many rows each part holds, by name, after refusals.
  public var rows: [String: Int]
  /// How many rows were refused.
  public var refused: Int
  /// The seeds of the training, one for each member of an ensemble.
  public var seeds: [UInt64]
  /// The settings of the training, by name.
  public var settings: [String: String]

  /// Creates a record.
  public init(
    data: Artifact, license: String, split: String, rows: [String: Int], refused: Int = 0,
    seeds: [UInt64], settings: [String: String] = [:]
  ) {
    self.data = data
    self.license = license
    self.split = split
    self.rows = rows
    self.refused = refused
    self.seeds = seeds
    self.settings = settings
  }
}
