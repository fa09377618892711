/// A split that the data itself names in a column, such as `train` and `test`.
public enum FixedSplit {
  /// Reads the column; upper and lower case and spaces about a word do not matter.
  ///
  /// `valid`, `val`, `validation` and `dev` name the rows to tune on. Any other word is an error
  /// that names its row, for a row left out in silence would change every number.
  public static func split(column: [String]) throws(SplitError) -> Split {
    var split = Split(train: [], test: [])
    for (row, text) in column.enumerated() {
      let word = text.lowercased().filter { !$0.isWhitespace }
      switch word {
      case "train", "training": split.train.append(row)
      case "valid", "val", "validation", "dev": split.validation.append(row)
      case "test": split.test.append(row)
      default: throw .unknownPart(row: row, text: text)
      }
    }
    if split.train.isEmpty { throw .emptyPart("train") }
    if split.test.isEmpty { throw .emptyPart("test") }
    return split
  }
}

/// Why rows could not be divided.
public enum SplitError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A row's word names no part; rows count from 0.
  case unknownPart(row: Int, text: String)
  /// A part has no rows.
  case emptyPart(String)

  /// One line for a reader.
  public var description: String {
    switch self {
    case .unknownPart(let row, let text): "row \(row + 1) is in no part of the split: \(text)"
    case .emptyPart(let part): "the split has no \(part) rows"
    }
  }
}
