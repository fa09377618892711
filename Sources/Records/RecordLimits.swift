/// Bounds that keep a stranger's file from exhausting memory.
public struct RecordLimits: Hashable, Sendable {
  /// The longest line of a SMILES file, row of a table, or record of an SDF, in bytes.
  ///
  /// A longer record is refused as a value and skipped without being held.
  public var recordBytes: Int

  /// Creates limits; the defaults take every structure a chemist draws.
  public init(recordBytes: Int = 1 << 20) {
    precondition(recordBytes > 0, "a record needs at least one byte, got \(recordBytes)")
    self.recordBytes = recordBytes
  }

  /// One mebibyte a record.
  public static let `default` = RecordLimits()
}
