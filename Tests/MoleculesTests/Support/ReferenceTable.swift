/// A csv file of the reference data: quoted fields, no line breaks inside them.
struct ReferenceTable {
  let columns: [String]
  let rows: [[String]]

  init(_ path: String) throws {
    var lines = try SharedData.text(path).split(separator: "\n").map(Self.fields)
    columns = lines.removeFirst()
    rows = lines
  }

  /// The column's values, row by row.
  func column(_ name: String) throws -> [String] {
    guard let index = columns.firstIndex(of: name) else { throw MissingColumn(name: name) }
    return rows.map { $0[index] }
  }

  struct MissingColumn: Error { let name: String }

  private static func fields(_ line: Substring) -> [String] {
    var fields: [String] = []
    var field = ""
    var isQuoted = false
    for character in line {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted:
        fields.append(field)
        field = ""
      default: field.append(character)
      }
    }
    return fields + [field]
  }
}

/// One molecule of `references/chemistry`, with an expected value.
struct Expectation {
  let id: String
  let smiles: String
  let expected: String

  /// The molecules that RDKit reads, with the values of `column` in `file`, in order.
  static func all(_ column: String, in file: String) throws -> [Expectation] {
    let input = try ReferenceTable("references/chemistry/input.csv")
    let table = try ReferenceTable("references/chemistry/\(file)")
    let ids = try input.column("id")
    let smiles = try input.column("smiles")
    let isRead = try table.column("parse_ok")
    let values = try table.column(column)
    return ids.indices.compactMap { row in
      guard isRead[row] == "1", !smiles[row].isEmpty else { return nil }
      return Expectation(id: ids[row], smiles: smiles[row], expected: values[row])
    }
  }
}
