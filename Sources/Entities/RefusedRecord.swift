/// One input record that could not be used, and why.
///
/// A bad row is a value: it never stops a run, never shifts its neighbours, and is counted.
public struct RefusedRecord: Hashable, Codable, Sendable {
  /// The line where the record begins, counted from 1; 0 when the record has no line.
  public let line: Int

  /// The identifier the record carried, or an empty text when it had none.
  public let id: String

  /// Why the record was refused.
  public let reason: Refusal

  /// Creates a refusal of the record that begins at `line`.
  public init(line: Int, id: String = "", reason: Refusal) {
    self.line = line
    self.id = id
    self.reason = reason
  }
}
