import Entities

/// What readers of rows hand out.
struct RowOutput {
  var take: (CorpusItem) throws -> Void
  var mark: (CorpusMark) -> Void
}

/// The fields of a row, trimmed, by column.
struct RowFields {
  let line: Int
  let fields: [String]

  /// The text of a column; empty where there is no such column.
  subscript(column: Int?) -> String {
    guard let column, column < fields.count else { return "" }
    let text = fields[column]
    let needsTrim =
      text.utf8.first.map { $0 <= 0x20 } ?? false
      || text.utf8.last.map { $0 <= 0x20 } ?? false
    guard needsTrim else { return text }
    let bytes = Array(text.utf8)
    let first = bytes.firstIndex { $0 > 0x20 } ?? bytes.count
    let last = bytes.lastIndex { $0 > 0x20 } ?? first
    return first < bytes.count ? String(decoding: bytes[first...last], as: UTF8.self) : ""
  }

  /// A name, nil where the field stands for nothing; a list gives its first name.
  func name(_ column: Int?) -> String? { names(column).first }

  /// The names of a field that may be a list: `['A', 'B']`, `A|B` or `A;B`.
  func names(_ column: Int?) -> [String] {
    let text = self[column]
    let isList = text.hasPrefix("[") || text.hasPrefix("{")
    let parts = text.split { character in
      character == "|" || character == ";" || (isList && (character == "," || character == "'"))
    }
    return parts.map { part in
      String(
        part.drop { "[]{}'\" ".contains($0) }.reversed().drop { "[]{}'\" ".contains($0) }
          .reversed())
    }.filter { !["", "NULL", "None", "null", "nan", "NaN"].contains($0) }
  }

  /// A family's identifier; -1 and 0 stand for none (SureChEMBL, PATSTAT).
  func family(_ column: Int?) -> String? {
    let text = self[column]
    return ["", "-1", "0", "NULL", "None", "null", "nan", "NaN"].contains(text) ? nil : text
  }

  /// A date; one that is no day is left out with a mark.
  func date(_ column: Int?, _ output: RowOutput) -> PatentDate? {
    switch PatentDateText(self[column]) {
    case .date(let date): return date
    case .none: return nil
    case .impossible:
      output.mark(.impossibleDate)
      return nil
    }
  }

  /// Class symbols of a field; what is none is left out with a mark.
  func classes(_ columns: [Int], _ output: RowOutput) -> [String] {
    var symbols: Set<String> = []
    for column in columns {
      for text in names(column) {
        for part in text.split(separator: ",") {
          if let symbol = ClassificationSymbol(String(part)) {
            symbols.insert(symbol.description)
          } else {
            output.mark(.unknownClass)
          }
        }
      }
    }
    return Array(symbols.sorted().prefix(DocumentFacts.mostClasses))
  }
}

/// Turns the rows of one table into items.
protocol RowReader {
  /// Reads one row.
  ///
  /// - Throws: the reason why the row is refused, or what `output` throws.
  func read(_ row: RowFields, _ output: RowOutput) throws
}

/// A row that is refused, on its way out of a reader.
struct RowRefusal: Error {
  let id: String
  let reason: Refusal
}
