import Entities
public import Records

/// Counts by name and year: of classes, targets, scaffold classes or applicants.
public struct YearlyCounts: Sendable {
  /// The first and the last year of the table.
  public let years: ClosedRange<Int>
  /// The names in ascending order, with a value for each year from their first.
  public let series: [(name: String, first: Int, values: [Double])]
  /// What became of the rows.
  public let rows: OutlookRows

  /// Columns by name; nil for the usual names.
  public struct Columns: Hashable, Sendable {
    /// The series' name, the year, and how many.
    public var name: String?, year: String?, count: String?

    /// Names columns.
    public init(name: String? = nil, year: String? = nil, count: String? = nil) {
      self.name = name
      self.year = year
      self.count = count
    }
  }

  /// Reads a table of name, year and count; rows of one name and year add up.
  ///
  /// A year without a row is a year of none, up to the table's last: a table of counts has no row for
  /// nothing. Memory is names × years.
  ///
  /// - Parameter last: the last year that is taken.
  public init(_ source: RecordSource, columns: Columns = Columns(), upTo last: Int? = nil) throws {
    let table = try OutlookTable(
      source,
      [
        .init(columns.name, or: ["name", "series", "class", "target", "uniprot", "field"]),
        .init(columns.year, or: ["year", "priority_year"]),
        .init(columns.count, or: ["count", "families", "patents", "n"]),
      ])
    var counts: [String: [Int: Double]] = [:]
    var rows = OutlookRows()
    try table.read(into: &rows) { fields in
      if fields[0].isEmpty { return .missingValue(column: "name") }
      guard let year = OutlookTable.year(fields[1]) else {
        return .notANumber(column: "year", text: String(fields[1].prefix(40)))
      }
      guard let count = OutlookTable.count(fields[2]) else {
        return .notANumber(column: "count", text: String(fields[2].prefix(40)))
      }
      if let last, year > last { return .filtered("later than \(last)") }
      counts[fields[0], default: [:]][year, default: 0] += count
      return nil
    }
    let all = Set(counts.values.flatMap(\.keys))
    guard let first = all.min(), let end = all.max() else {
      throw OutlookError("\(source.name) has no row with a name, a year and a count")
    }
    years = first...end
    self.rows = rows
    series = counts.sorted { $0.key < $1.key }.map { name, values in
      let begin = values.keys.min() ?? end
      return (name, begin, (begin...end).map { values[$0] ?? 0 })
    }
  }

  /// All series together, by year.
  public var totals: [Int: Double] {
    var totals: [Int: Double] = [:]
    for one in series {
      for (place, value) in one.values.enumerated() {
        totals[one.first + place, default: 0] += value
      }
    }
    return totals
  }
}
