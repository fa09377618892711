public import Provenance

/// What became of the rows of a source: `rows = taken + refused`, always.
public struct ImportReport: Hashable, Sendable {
  /// The file's name.
  public let name: String
  /// The file's digest.
  public let digest: Digest
  /// How many rows the source has.
  public let rows: Int
  /// How many rows gave at least one measurement.
  public let taken: Int
  /// How many measurements that were.
  public let measurements: Int
  /// How many rows were refused, by reason.
  public let refused: [ActivityRefusal.Code: Int]
  /// How many values were refused in rows that were taken for another value, by reason.
  public let refusedValues: [ActivityRefusal.Code: Int]
  /// Whether the source was there already, and nothing was done.
  public let wasThere: Bool
}

/// How far an import is.
public struct ImportProgress: Hashable, Sendable {
  /// Rows that are in the store.
  public let rows: Int
  /// The share of the source's bytes that was read, between 0 and 1.
  public let share: Double
}
