public import Entities

/// What became of each row of a file of reports: every row is in exactly one of these numbers.
public struct ReportAccount: Hashable, Sendable {
  /// The file's name, without its folder.
  public let file: String
  /// Rows in the file, the header apart.
  public internal(set) var rows = 0
  /// Rows that were used.
  public internal(set) var used = 0
  /// Rows of older versions of a case, or of cases that the agency withdrew.
  public internal(set) var superseded = 0
  /// Rows of drugs in another role than was asked for.
  public internal(set) var otherRoles = 0
  /// Rows of the Common Data Model whose code has no concept.
  public internal(set) var unmapped = 0
  /// Rows that could not be used.
  public internal(set) var refused = 0
  /// Lines that were no UTF-8 and were read as Latin-1.
  public internal(set) var latinLines = 0

  init(file: String) { self.file = file }

  /// Whether every row has its place.
  public var isComplete: Bool { rows == used + superseded + otherRoles + unmapped + refused }
}

/// Where refused rows go; they are not held, since a broken file may have millions.
public typealias RefusedRows = (_ file: String, RefusedRecord) throws -> Void

/// What reading reports gave.
public struct ReportReading: Sendable {
  /// The counts.
  public let tally: ReportTally
  /// What became of the rows, file by file.
  public let accounts: [ReportAccount]
  /// Reports that were left out because they name no drug of the role, or no event.
  public let incomplete: Int
  /// What a reader should know, one sentence each.
  public let remarks: [String]

  /// Whether every row of every file has its place.
  public var isComplete: Bool { accounts.allSatisfy(\.isComplete) }
}
