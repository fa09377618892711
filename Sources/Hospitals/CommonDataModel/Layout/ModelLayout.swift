public import Records

/// The tables of one version of the Common Data Model, with their fields in the order of the DDL.
public struct ModelLayout: Hashable, Sendable {
  /// The version.
  public let version: ModelVersion
  /// The tables' names, in lower case, in the order of OHDSI's table.
  public let tables: [String]
  /// The fields of each table.
  public let fields: [String: [ModelField]]

  /// The file of a version in `Datasets/tables`.
  public static func fileName(_ version: ModelVersion) -> String {
    "omop-fields-\(version.rawValue).csv"
  }

  /// Reads a table that `scripts/omop-fields.py` made from OHDSI's.
  public init(_ version: ModelVersion, from source: RecordSource) throws {
    let names = ["table", "field", "required", "type", "primary", "references", "domain"]
    let reader = try TableReader(source)
    guard reader.header == names else {
      throw HospitalError("\(source.name): the columns are not \(names.joined(separator: ", "))")
    }
    var tables: [String] = []
    var fields: [String: [ModelField]] = [:]
    while let next = try reader.next() {
      guard case .row(let row) = next, let kind = Self.kind(row.fields[3]) else {
        throw HospitalError("\(source.name): a row is no field")
      }
      let table = row.fields[0]
      if fields[table] == nil { tables.append(table) }
      fields[table, default: []].append(
        ModelField(
          name: row.fields[1], isRequired: row.fields[2] == "1", kind: kind,
          isPrimaryKey: row.fields[4] == "1",
          references: row.fields[5].isEmpty ? nil : row.fields[5],
          domains: row.fields[6].split(separator: ";").map(String.init)))
    }
    guard fields["person"] != nil else {
      throw HospitalError("\(source.name): no table person among the fields")
    }
    self.version = version
    self.tables = tables
    self.fields = fields
  }

  private static func kind(_ type: String) -> ModelField.Kind? {
    switch type {
    case "integer", "bigint": .integer
    case "float", "numeric": .number
    case "date", "datetime", "datetime2", "timestamp": .date
    default: type.hasPrefix("varchar") || type == "text" ? .text : nil
    }
  }

  /// The tables in an order in which those that others name come first.
  var readingOrder: [String] {
    let first = [
      "cdm_source", "concept", "location", "care_site", "provider", "person", "death",
      "observation_period", "visit_occurrence", "visit_detail", "episode",
    ].filter { fields[$0] != nil }
    return first + tables.filter { !first.contains($0) }
  }
}
