import Entities
import Foundation
public import Provenance
import Records

/// A hospital's own table: one row for a person, the columns that its approved studies need.
///
/// It never leaves this room: nothing here is `Codable`. Memory: 8 bytes for each person and column.
public struct SiteTable: Sendable {
  /// How many rows were taken.
  public let rows: Int
  /// Rows that could not be taken, by reason.
  public let refused: [String: Int]
  /// What the hospital's answers hang on: the table's bytes.
  public let digest: Digest
  /// Numbers by column; not a number where the field is empty or no number.
  let numbers: [String: [Double]]
  /// For each axis, the level's place of each row; −1 for another level.
  let levels: [ContingencyTable.Axis: [Int16]]

  /// Reads the columns of the studies from a table, plain or gzipped.
  ///
  /// - Parameter person: the column that names the person; a second row of one is refused, so that a
  ///   minimum of rows is one of persons. Nil where the table is known to have a row for each.
  public init(path: String, studies: [StudyDefinition], person: String? = nil) throws {
    let table = try TableReader(.file(path))
    let header = table.header.map { $0.trimmingCharacters(in: .whitespaces) }
    func place(_ column: String) throws(HospitalError) -> Int {
      let found = header.indices.filter { header[$0] == column }
      guard let only = found.first, found.count == 1 else {
        throw HospitalError(
          "the hospital's table has \(found.isEmpty ? "no column" : "two columns") \(column)")
      }
      return only
    }
    let axes = Set(studies.compactMap(\.table).flatMap { [$0.rows, $0.columns] })
    let named = Set(studies.flatMap(\.fittedColumns)).sorted()
    let numeric = try named.map { (name: $0, place: try place($0)) }
    let coded = try axes.map { (axis: $0, place: try place($0.column)) }
    let key = try person.map(place)
    var values = numeric.map { _ in [Double]() }
    var codes = coded.map { _ in [Int16]() }
    var persons = Set<ContentKey>()
    var refused: [String: Int] = [:]
    var count = 0
    while let next = try table.next() {
      switch next {
      case .refused(let record, _): refused[record.reason.code, default: 0] += 1
      case .row(let row):
        if let key, !persons.insert(ContentKey(of: row.fields[key])).inserted {
          refused[Refusal.duplicateIdentifier(firstLine: 0).code, default: 0] += 1
          continue
        }
        count += 1
        for (slot, column) in numeric.enumerated() {
          let text = row.fields[column.place].trimmingCharacters(in: .whitespaces)
          values[slot].append(Double(text).flatMap { $0.isFinite ? $0 : nil } ?? .nan)
        }
        for (slot, column) in coded.enumerated() {
          let text = row.fields[column.place].trimmingCharacters(in: .whitespaces)
          codes[slot].append(column.axis.levels.firstIndex(of: text).map(Int16.init) ?? -1)
        }
      }
    }
    rows = count
    self.refused = refused
    digest = try Digest(ofFileAt: URL(filePath: path))
    numbers = Dictionary(uniqueKeysWithValues: zip(numeric.map(\.name), values))
    levels = Dictionary(uniqueKeysWithValues: zip(coded.map(\.axis), codes))
  }
}

extension StudyDefinition {
  /// The columns that enter the fit as numbers.
  var fittedColumns: [String] {
    [outcome] + [time, exposure].compactMap { $0 } + terms.map(\.column)
  }
}
