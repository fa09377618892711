public import Records

extension CuratedActivities {
  /// The columns of the table that `osong train` reads as it is.
  public var header: [String] { ["id", "smiles", endpoint.column, "n", "spread", "sources"] }

  /// The columns of a row; bounds carry their sign, and sources stand between `|`.
  public func fields(_ row: CuratedActivity) -> [String] {
    [
      row.id, row.smiles, row.label, "\(row.activity.measurements)",
      row.activity.spread.map { $0.decimals(3) } ?? "", row.sources.joined(separator: "|"),
    ]
  }

  /// Writes the table.
  public func write(to destination: OutputDestination) throws(WriteError) {
    let writer = try DelimitedWriter(to: destination, header: header)
    for row in rows { try writer.write(fields(row)) }
    try writer.finish()
  }
}
