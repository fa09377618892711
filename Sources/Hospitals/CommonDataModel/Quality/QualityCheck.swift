/// A question to a table or field, with what was found and how much of it is borne.
///
/// The kinds are those of Kahn et al. (EGEMS 2016) and the names those of OHDSI's Data Quality
/// Dashboard (Blacketer et al., JAMIA 2021) where it has the check.
public struct QualityCheck: Hashable, Sendable {
  /// What a check is about.
  public enum Category: String, CaseIterable, Hashable, Sendable {
    /// Form and references.
    case conformance
    /// Whether values are there.
    case completeness
    /// Whether values can be.
    case plausibility
  }

  /// How a check ended.
  public enum Status: String, Hashable, Sendable {
    case passed, failed
    /// There was nothing to look at.
    case notApplicable = "not applicable"
  }

  /// The kind.
  public let category: Category
  /// The check's name.
  public let name: String
  /// The table, and the field; empty where it is about the table.
  public let table: String, field: String
  /// How many did not hold, of how many.
  public let violated: Int, of: Int
  /// The share in percent up to which it passes.
  public let threshold: Double
  /// Whether it counts persons or rows of persons, of which few may not be told.
  public let isAboutPersons: Bool
  /// Whether what it counts are rows that were refused.
  public internal(set) var isOfRefusals = false

  /// The share that did not hold, in percent; nil where there was nothing to look at.
  public var percent: Double? { of == 0 ? nil : 100 * Double(violated) / Double(of) }

  /// How it ended.
  public var status: Status {
    percent.map { $0 <= threshold ? .passed : .failed } ?? .notApplicable
  }
}
