/// A table of counts over the levels of two columns.
public struct ContingencyTable: Codable, Hashable, Sendable {
  /// The levels of one column, as the hospitals' tables write them.
  public struct Axis: Codable, Hashable, Sendable {
    /// The column.
    public let column: String
    /// Its levels; a person of another level is not counted.
    public let levels: [String]

    /// An axis.
    public init(column: String, levels: [String]) {
      self.column = column
      self.levels = levels
    }
  }

  /// The rows and the columns.
  public let rows: Axis, columns: Axis

  /// A checked table.
  public init(rows: Axis, columns: Axis) throws(HospitalError) {
    self.rows = rows
    self.columns = columns
    for axis in [rows, columns] {
      guard !axis.levels.isEmpty, Set(axis.levels).count == axis.levels.count,
        axis.levels.allSatisfy(FederationLimits.isName)
      else { throw HospitalError("the table's levels of \(axis.column) are empty or repeated") }
    }
    guard rows.levels.count * columns.levels.count <= FederationLimits.cells,
      rows.column != columns.column
    else { throw HospitalError("the table has too many cells, or one column twice") }
  }

  /// Reads and checks a table.
  public init(from decoder: any Decoder) throws {
    try decoder.refuseKeys(except: ["rows", "columns"], of: "a study's table")
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      rows: try fields.decode(Axis.self, forKey: .rows),
      columns: try fields.decode(Axis.self, forKey: .columns))
  }
}
