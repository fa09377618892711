public import Entities
import Molecules
public import Records

/// The refused records as a table: `refused.csv`.
public enum RefusedTable {
  /// The column names: the line in the input (empty when there is none), the identifier, the stable
  /// code of the reason, and the reason as a sentence.
  public static let header = ["line", "id", "reason", "detail"]

  /// The fields of one record.
  public static func row(_ record: RefusedRecord) -> [String] {
    [
      record.line > 0 ? String(record.line) : "", record.id, record.reason.code,
      record.reason.description,
    ]
  }

  /// Writes all records, in their order; the table appears only when it is whole.
  public static func write(
    _ records: some Sequence<RefusedRecord>, to destination: OutputDestination
  ) throws(WriteError) {
    let writer = try DelimitedWriter(to: destination, header: header)
    for record in records { try writer.write(row(record)) }
    try writer.finish()
  }
}
