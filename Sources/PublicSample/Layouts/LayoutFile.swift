import Entities
import Records

/// A file of a known layout, with the names that its columns have in it.
public struct LayoutFile: Hashable, Sendable {
  /// What the file is.
  public let layout: SampleLayout
  /// Where it lies.
  public let path: String
  /// Names that differ from the published ones.
  public var renamed: [SampleLayout.Role: String]

  /// Names a file.
  public init(
    _ layout: SampleLayout, path: String, renamed: [SampleLayout.Role: String] = [:]
  ) {
    self.layout = layout
    self.path = path
    self.renamed = renamed
  }

  /// A row's values by role, read one after another; what is refused is counted.
  ///
  /// - Parameter extra: columns beside those of the layout, such as measurements.
  func read(
    extra: [String] = [], each: (Row) -> Refusal?
  ) throws(SampleError) -> (taken: Int, refused: SampleTable.Refused) {
    let table = try SampleTable.open(.file(path))
    var places: [SampleLayout.Role: Int] = [:]
    for column in layout.columns {
      let names = renamed[column.role].map { [$0] } ?? column.names
      if let name = names.first(where: table.header.contains) {
        places[column.role] =
          try SampleTable.places(of: [name], in: table.header, source: path)[0]
      } else if column.isNeeded || renamed[column.role] != nil {
        throw SampleError(
          "\(path) is no \(layout.rawValue): it has no column \(names.joined(separator: " or ")) for "
            + "the \(column.role.rawValue); name another with --rename")
      }
    }
    let extras = try SampleTable.places(of: extra, in: table.header, source: path)
    var refused = SampleTable.Refused()
    var taken = 0
    while let read = try SampleTable.next(table) {
      guard case .row(let row) = read else {
        if case .refused(let record, _) = read { refused.add(record) }
        continue
      }
      let found = Row(fields: row.fields, places: places, extras: extras)
      if let reason = check(found) ?? each(found) {
        refused.add(RefusedRecord(line: row.line, reason: reason))
      } else {
        taken += 1
      }
    }
    return (taken, refused)
  }

  private func check(_ row: Row) -> Refusal? {
    for column in layout.columns where column.isNeeded {
      // A prescription may lack its ingredient, a claim its diagnosis; nobody may lack a number.
      guard [.person, .statement].contains(column.role), row[column.role].isEmpty else { continue }
      return .missingValue(column: column.names[0])
    }
    return nil
  }

  /// One row.
  struct Row {
    fileprivate let fields: [String]
    fileprivate let places: [SampleLayout.Role: Int]
    fileprivate let extras: [Int]

    /// The value of a role; empty where it is missing or the file has no such column.
    subscript(_ role: SampleLayout.Role) -> String {
      guard let place = places[role], !SampleTable.missing.contains(fields[place]) else {
        return ""
      }
      return fields[place]
    }

    /// A column beside the layout's.
    func extra(_ number: Int) -> String { fields[extras[number]] }
  }
}
