import Entities
import Molecules
public import Records

/// Which columns of an activity table hold the value and the split.
public struct ActivityColumns: Sendable {
  /// The columns of the measured values, one task each; none looks for the usual names.
  public var values: [String]
  /// The column that says how the true value lies to the number, such as `>`; nil for none.
  public var relation: String?
  /// What the column's numbers are.
  public var scale: ValueScale
  /// The column of the split; nil looks for `split`.
  public var split: String?
  /// The structure and the identifier.
  public var structure: ColumnSelection

  /// Names columns.
  public init(
    values: [String] = [], relation: String? = nil, scale: ValueScale = .endpoint,
    split: String? = nil, structure: ColumnSelection = .automatic
  ) {
    self.values = values
    self.relation = relation
    self.scale = scale
    self.split = split
    self.structure = structure
  }

  static let usualValues = [
    "pchembl_value", "pChEMBL", "pKi", "pIC50", "pEC50", "pKd", "pActivity",
    "y [pEC50/pKi]", "value",
    "activity", "label", "Y", "y",
  ]

  func valueIndices(in header: [String]) throws(TrainingError) -> [Int] {
    if values.isEmpty {
      for name in Self.usualValues {
        if let index = header.firstIndex(of: name) { return [index] }
      }
      throw .noColumn("of measured values", found: header)
    }
    var indices: [Int] = []
    for name in values {
      guard let index = header.firstIndex(of: name) else { throw .noColumn(name, found: header) }
      guard !indices.contains(index) else { throw .sameColumn(name) }
      indices.append(index)
    }
    return indices
  }

  func relationIndex(in header: [String]) throws(TrainingError) -> Int? {
    guard let relation else { return nil }
    guard let index = header.firstIndex(of: relation) else {
      throw .noColumn(relation, found: header)
    }
    return index
  }

  func splitIndex(in header: [String]) throws(TrainingError) -> Int? {
    guard let split else { return header.firstIndex(of: "split") }
    guard let index = header.firstIndex(of: split) else { throw .noColumn(split, found: header) }
    return index
  }
}

/// What the numbers of a value column are.
public enum ValueScale: String, Hashable, Sendable {
  /// Values of the endpoint itself.
  case endpoint
  /// Concentrations in nmol/L, to be brought to −log₁₀(mol/L).
  case nanomolar

  /// The endpoint's value of a number; nil where the scale has none, as for a concentration of 0.
  func value(_ number: Double) -> Double? {
    switch self {
    case .endpoint: number.isFinite ? number : nil
    case .nanomolar: Potency(nanomolar: number)?.pChEMBL
    }
  }
}

/// Why a model cannot be trained.
public enum TrainingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A column is missing.
  case noColumn(String, found: [String])
  /// A column is named twice.
  case sameColumn(String)
  /// Too few usable rows.
  case tooFew(rows: Int, needed: Int)

  /// One line for a reader.
  public var description: String {
    switch self {
    case .noColumn(let name, let found):
      "no column \(name); the table has \(found.joined(separator: ", "))"
        + " (name one with --value-column or --split-column)"
    case .sameColumn(let name): "the column \(name) is named twice"
    case .tooFew(let rows, let needed):
      "only \(rows) compounds with a value could be used for training, at least \(needed) are needed"
    }
  }
}
