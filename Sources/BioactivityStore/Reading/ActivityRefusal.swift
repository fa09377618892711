/// Why a row, or one value of a row, is no usable measurement.
public struct ActivityRefusal: Error, Hashable, Sendable {
  /// The kinds of reasons, by which refusals are counted.
  public enum Code: String, CaseIterable, Codable, Sendable {
    /// The row cannot be read: a wrong number of fields, no text.
    case unreadableRow = "unreadable-row"
    /// The row names no structure.
    case noStructure = "no-structure"
    /// The structure cannot be read, or has no standard form.
    case unreadableStructure = "unreadable-structure"
    /// The structure is of two compounds of similar size.
    case mixture
    /// The row holds no value.
    case noValue = "no-value"
    /// The value is no number, or its relation is unknown.
    case unreadableValue = "unreadable-value"
    /// The value is 0, negative, or beyond what can be a concentration.
    case outOfRange = "out-of-range"
    /// The unit is none of a concentration.
    case unknownUnit = "unknown-unit"
    /// The value is no Ki, IC50, Kd or EC50.
    case otherType = "other-type"
    /// The row names no protein by an accession or a known symbol.
    case noTarget = "no-target"
    /// The row names several proteins.
    case severalTargets = "several-targets"
    /// The row is of another target than the first one, where one accession was given for all.
    case otherTarget = "other-target"
    /// The source itself doubts the value.
    case doubted
    /// The source itself says that the value is reported elsewhere already.
    case repeated
  }

  /// The kind of reason.
  public let code: Code
  /// What was found.
  public let detail: String

  /// Names a reason; of the detail the first 120 characters are kept.
  public init(_ code: Code, _ detail: String = "") {
    self.code = code
    self.detail = String(detail.prefix(120))
  }
}
