internal import Foundation

/// Values of people in a text table: `FID IID NAME…`, separated by blanks, `NA` or `-9` for unknown.
public struct PersonTable: Sendable {
  /// The names of the columns behind the two of the person.
  public let names: [String]
  /// The values by person's number; nil where one is unknown.
  public let values: [String: [Double?]]

  /// How a column of cases and controls was written.
  public enum Coding: String, Sendable {
    /// 0 for a control, 1 for a case.
    case zeroOne = "0 for controls, 1 for cases"
    /// 1 for a control, 2 for a case, as PLINK writes.
    case oneTwo = "1 for controls, 2 for cases"
    /// A measured trait.
    case measured
  }

  /// Reads a table.
  public init(path: String) throws(BiobankError) {
    let text: String
    do { text = try String(contentsOfFile: path, encoding: .utf8) } catch {
      throw .table(path, "cannot be read")
    }
    let lines = text.split(whereSeparator: \.isNewline)
    guard let first = lines.first else { throw .table(path, "is empty") }
    let header = first.split { $0 == " " || $0 == "\t" }.map(String.init)
    guard header.count > 2, header[0].uppercased() == "FID", header[1].uppercased() == "IID" else {
      throw .table(path, "begins with the columns FID and IID, and has others")
    }
    var found: [String: [Double?]] = [:]
    for (number, line) in lines.enumerated().dropFirst() {
      let fields = line.split { $0 == " " || $0 == "\t" }.map(String.init)
      guard fields.count == header.count else {
        throw .table(path, "line \(number + 1) has \(fields.count) fields, not \(header.count)")
      }
      var row: [Double?] = []
      for field in fields.dropFirst(2) {
        if field == "NA" || field == "-9" {
          row.append(nil)
        } else if let value = Double(field), value.isFinite {
          row.append(value)
        } else {
          throw .table(path, "line \(number + 1): \(field) is no number")
        }
      }
      guard found.updateValue(row, forKey: fields[1]) == nil else {
        throw .table(path, "line \(number + 1): the person \(fields[1]) stands twice")
      }
    }
    names = Array(header.dropFirst(2))
    values = found
  }

  /// A column by its name.
  public func column(_ name: String) throws(BiobankError) -> [String: Double] {
    guard let place = names.firstIndex(of: name) else {
      throw .noEstimate("there is no column \(name); there are \(names.joined(separator: ", "))")
    }
    return values.compactMapValues { $0[place] }
  }

  /// How a column was written, and its values with 1 for a case; told, since a guess may be wrong.
  public static func decoded(
    _ column: [String: Double]
  ) -> (coding: Coding, values: [String: Double]) {
    let seen = Set(column.values)
    if seen.isSubset(of: [0, 1]), seen.count == 2 { return (.zeroOne, column) }
    if seen.isSubset(of: [1, 2]), seen.count == 2 { return (.oneTwo, column.mapValues { $0 - 1 }) }
    return (.measured, column)
  }
}
