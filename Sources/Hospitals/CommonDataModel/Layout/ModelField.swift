/// A field of OMOP's Common Data Model, as OHDSI's field-level table has it.
public struct ModelField: Hashable, Sendable {
  /// How its values are written.
  public enum Kind: Hashable, Sendable {
    case integer, number, date, text
  }

  /// Its name, in lower case.
  public let name: String
  /// Whether every row has a value.
  public let isRequired: Bool
  /// How values are written; of a date and time only the date is read.
  public let kind: Kind
  /// Whether it tells the rows of its table apart.
  public let isPrimaryKey: Bool
  /// The table whose rows it names; nil for none.
  public let references: String?
  /// The domains that its concepts belong to; empty for any.
  public let domains: [String]

  /// Whether it holds a concept that the hospital's own code was mapped to: not the code's own.
  public var isStandardConcept: Bool {
    references == "concept" && name.hasSuffix("_concept_id")
      && !name.hasSuffix("_source_concept_id")
  }

  /// The field with the hospital's own code of a concept: `x_source_value` for `x_concept_id`.
  public var sourceValueName: String? {
    guard isStandardConcept else { return nil }
    return String(name.dropLast("concept_id".count)) + "source_value"
  }
}
