import Foundation
import Records

/// A table's rows with the place of each field among its columns.
struct ModelTable {
  let name: String
  let reader: FieldReader
  let fields: [ModelField]
  /// The column of each field, nil where the file has it not.
  let columns: [Int?]

  /// Opens a table of a folder; nil where there is no file, or an empty one.
  init?(_ name: String, in folder: RecordFolder) throws(RecordError) {
    guard let source = folder.sources[name], let fields = folder.layout.fields[name] else {
      return nil
    }
    let names = fields.map(\.name)
    let known = Set(names)
    do throws(RecordError) {
      reader = try FieldReader(source, columns: names) {
        $0.contains(where: known.contains)
      }
    } catch {
      guard case .empty = error else { throw error }
      return nil
    }
    self.name = name
    self.fields = fields
    columns = names.map { [reader] in reader.column($0) }
  }

  /// The column of a field, nil where the file has it not.
  func column(_ name: String) -> Int? { reader.column(name) }

  /// Columns that the version does not have.
  var unknownColumns: [String] {
    let known = Set(fields.map(\.name))
    return reader.header.filter { !known.contains($0) }
  }

  /// The field with the day on which a row begins: the first date that every row has.
  var start: Int? { fields.firstIndex { $0.kind == .date && $0.isRequired } }

  /// The field with the day on which it ends.
  var end: Int? {
    fields.firstIndex { $0.name.hasSuffix("end_date") && !$0.name.hasPrefix("verbatim") }
  }

  /// The field that names the person, in tables about persons.
  var person: Int? {
    name == "person" ? nil : fields.firstIndex { $0.name == "person_id" }
  }

  /// The field that tells rows apart.
  var key: Int? { fields.firstIndex(where: \.isPrimaryKey) }
}
