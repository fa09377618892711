/// Why a record was refused: a stable code to count by, and a sentence to read.
public enum Refusal: Error, Hashable, Codable, Sendable {
  /// The structure cannot be read; the text is the toolkit's reason.
  case unreadable(String)
  /// The record has no atoms.
  case empty
  /// The structure has more atoms than the limit.
  case tooLarge(atoms: Int, limit: Int)
  /// The record has more bytes than the limit.
  case tooLong(bytes: Int, limit: Int)
  /// The structure took longer than the limit.
  case timedOut(seconds: Double)
  /// The text is not valid UTF-8, or holds a NUL byte.
  case notText
  /// The record ends before its end mark.
  case truncated
  /// The row has another number of fields than the header.
  case wrongFieldCount(expected: Int, found: Int)
  /// A needed field is empty.
  case missingValue(column: String)
  /// A field that must be a number is none.
  case notANumber(column: String, text: String)
  /// The identifier was used before; the first record is kept. `input` is the file of that record
  /// where it is another one.
  case duplicateIdentifier(firstLine: Int, input: String? = nil)
  /// The same structure was seen before under another identifier; the first is kept.
  case duplicateStructure(firstID: String)
  /// No compound has the identifier.
  case unknownIdentifier
  /// A filter of the screening plan excludes the compound.
  case filtered(String)

  /// A short stable name, for counting and for machines.
  public var code: String {
    switch self {
    case .unreadable: "unreadable"
    case .empty: "empty"
    case .tooLarge: "too-large"
    case .tooLong: "too-long"
    case .timedOut: "timed-out"
    case .notText: "not-text"
    case .truncated: "truncated"
    case .wrongFieldCount: "wrong-field-count"
    case .missingValue: "missing-value"
    case .notANumber: "not-a-number"
    case .duplicateIdentifier: "duplicate-identifier"
    case .duplicateStructure: "duplicate-structure"
    case .unknownIdentifier: "unknown-identifier"
    case .filtered: "filtered"
    }
  }
}

extension Refusal: CustomStringConvertible {
  /// The reason as a sentence for a reader.
  public var description: String {
    switch self {
    case .unreadable(let why): "cannot be read: \(why)"
    case .empty: "has no atoms"
    case .tooLarge(let atoms, let limit): "has \(atoms) atoms, the limit is \(limit)"
    case .tooLong(let bytes, let limit): "has \(bytes) bytes, the limit is \(limit)"
    case .timedOut(let seconds): "took longer than \(seconds) s"
    case .notText: "is not UTF-8 text"
    case .truncated: "ends before its end mark"
    case .wrongFieldCount(let expected, let found): "has \(found) fields, expected \(expected)"
    case .missingValue(let column): "has no value in column \(column)"
    case .notANumber(let column, let text): "column \(column) holds no number: \(text)"
    case .duplicateIdentifier(let line, nil): "repeats the identifier of line \(line)"
    case .duplicateIdentifier(let line, let input?):
      "repeats the identifier of line \(line) of \(input)"
    case .duplicateStructure(let id): "is the same structure as \(id)"
    case .unknownIdentifier: "is the identifier of no compound in the library"
    case .filtered(let why): why
    }
  }
}
