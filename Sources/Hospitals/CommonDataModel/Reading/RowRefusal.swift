/// Why a row of the Common Data Model is not used.
public struct RowRefusal: Hashable, Sendable, Comparable {
  /// The reason.
  public enum Reason: String, CaseIterable, Hashable, Sendable {
    /// It cannot be cut into fields: too many, too few, too long, no text.
    case unreadableRow = "unreadable row"
    /// The file has no such column, and every row needs it.
    case missingColumn = "missing column"
    /// A needed field is empty.
    case missingValue = "missing value"
    /// A field that is a number holds something else.
    case notANumber = "not a number"
    /// A field that is a date holds something else.
    case notADate = "not a date"
    /// Another row has the same primary key.
    case duplicateIdentifier = "duplicate identifier"
    /// No row of `person` has the person.
    case unknownPerson = "unknown person"
    /// No calendar has the birthday, or nobody is as old.
    case implausibleBirth = "implausible birth"
    /// It begins before the person was born.
    case beforeBirth = "before birth"
    /// It begins more than 60 days after the person died.
    case afterDeath = "after death"
    /// It begins after the last day of the records.
    case afterLastDay = "after the last day"
    /// It ends before it begins.
    case endBeforeStart = "end before start"
    /// Observed time overlaps with other observed time of the person.
    case overlappingPeriod = "overlapping observation"

    /// Whether it is about the file and not about somebody.
    public var isOfFile: Bool { self == .unreadableRow || self == .missingColumn }
  }

  /// The reason.
  public let reason: Reason
  /// The field it is about; empty for the row as a whole.
  public let field: String

  init(_ reason: Reason, _ field: String = "") {
    self.reason = reason
    self.field = field
  }

  /// By reason, then by field.
  public static func < (one: RowRefusal, other: RowRefusal) -> Bool {
    (one.reason.rawValue, one.field) < (other.reason.rawValue, other.field)
  }
}
