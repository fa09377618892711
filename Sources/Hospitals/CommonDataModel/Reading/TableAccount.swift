/// What was found in a table: every row is taken, or refused for one reason.
public struct TableAccount: Hashable, Sendable {
  /// What is known of a field's values.
  public struct FieldCount: Hashable, Sendable {
    /// The field.
    public let field: ModelField
    /// Whether the file has the column.
    public internal(set) var isPresent = true
    /// Rows without a value, and rows whose value is not what it should be.
    public internal(set) var missing = 0, unreadable = 0
    /// Rows that name no row of the other table, and whether that could be looked up.
    public internal(set) var dangling = 0, isLookedUp = false
    /// Rows with a concept of another domain; with one that is no standard concept.
    public internal(set) var otherDomain = 0, notStandard = 0
    /// Rows with concept 0, which stands for a code without a concept.
    public internal(set) var unmapped = 0

    init(_ field: ModelField) { self.field = field }
  }

  /// The table.
  public let table: String
  /// Rows in the file, the header apart.
  public internal(set) var rows = 0
  /// Rows that were taken.
  public internal(set) var taken = 0
  /// Rows that were refused.
  public internal(set) var refused: [RowRefusal: Int] = [:]
  /// The fields in the order of the layout.
  public internal(set) var fields: [FieldCount] = []
  /// Taken rows outside the person's observed time.
  public internal(set) var outsideObservation = 0
  /// Persons with a taken row; nil where the table is about no persons.
  public internal(set) var persons: Int?
  /// Rows that were no UTF-8 and were read as Latin-1.
  public internal(set) var latinRows = 0
  /// Columns that the version does not have.
  public internal(set) var unknownColumns: [String] = []
  /// The mapping of codes, by field.
  public internal(set) var codes: [String: SourceCodes] = [:]
  /// Whether primary keys were too scattered to look for repeated ones.
  public internal(set) var isKeyUnchecked = false

  init(_ table: String) { self.table = table }

  /// Whether every row has its place.
  public var isComplete: Bool { rows == taken + refused.values.reduce(0, +) }

  /// Rows that could be cut into fields.
  public var readable: Int {
    rows - refused.reduce(0) { $0 + ($1.key.reason == .unreadableRow ? $1.value : 0) }
  }

  /// Rows refused for a reason, in any field.
  public func refusals(_ reason: RowRefusal.Reason) -> Int {
    refused.reduce(0) { $0 + ($1.key.reason == reason ? $1.value : 0) }
  }
}

/// The hospital's own codes of a field, told apart by a fingerprint of 64 bits.
public struct SourceCodes: Hashable, Sendable {
  /// Codes above which no more are told apart.
  static let most = 1_000_000

  private var isMapped: [UInt64: Bool] = [:]
  /// Whether there were more.
  public private(set) var isCut = false

  /// How many codes there are.
  public var count: Int { isMapped.count }
  /// How many have a concept in every row.
  public var mapped: Int { isMapped.values.count { $0 } }

  mutating func note(_ code: UInt64, isMapped mapped: Bool) {
    if let known = isMapped[code] {
      if known, !mapped { isMapped[code] = false }
    } else if isMapped.count < Self.most {
      isMapped[code] = mapped
    } else {
      isCut = true
    }
  }
}
