/// Rows of a table whose columns the user named: one value a row.
struct NamedColumnRows: ActivityRowReader {
  private enum Place {
    case column(Int)
    case fixed(String)

    init(_ place: ActivityTableColumns.Place, _ header: HeaderIndex) throws(BioactivityError) {
      switch place {
      case .column(let name): self = .column(try header.place(of: name))
      case .fixed(let value): self = .fixed(value)
      }
    }

    func text(_ fields: [String]) -> String {
      switch self {
      case .column(let place): fields[place]
      case .fixed(let value): value
      }
    }
  }

  private let smiles: Int
  private let value: Int
  private let unit: Place
  private let relation: Int?
  private let type: Place
  private let target: Place
  private let reference: Int?
  private let targets: TargetReading

  init(
    _ columns: ActivityTableColumns, _ header: HeaderIndex, _ targets: TargetReading
  ) throws(BioactivityError) {
    smiles = try header.place(of: columns.smiles)
    value = try header.place(of: columns.value)
    unit = try Place(columns.unit, header)
    if let name = columns.relation { relation = try header.place(of: name) } else { relation = nil }
    type = try Place(columns.type, header)
    target = try Place(columns.target, header)
    if let name = columns.reference {
      reference = try header.place(of: name)
    } else {
      reference = nil
    }
    self.targets = targets
  }

  func read(_ fields: [String]) throws(ActivityRefusal) -> ActivityRow {
    if fields[smiles].isEmpty { throw ActivityRefusal(.noStructure) }
    let accession = try targets.accession(target.text(fields))
    let value = try SingleValue.reading(
      fields[value], relation: relation.map { fields[$0] } ?? "", type: type.text(fields),
      unit: unit.text(fields))
    var row = ActivityRow(
      smiles: fields[smiles], accession: accession, targetName: "", values: [value])
    if let reference, !fields[reference].isEmpty { row.reference = fields[reference] }
    return row
  }
}

/// One value with its type and unit in other columns.
enum SingleValue {
  static func reading(
    _ text: String, relation: String, type: String, unit: String
  ) throws(ActivityRefusal) -> ReportedActivity {
    guard let type = ActivityEndpoint.reading(type) else {
      throw ActivityRefusal(.otherType, type)
    }
    if text.allSatisfy(\.isWhitespace) { throw ActivityRefusal(.noValue) }
    // The type says more than the unit: `pIC50` with a unit of `nM` beside it is a logarithm.
    let known = type.isLogarithm ? .negativeLogarithm : ConcentrationUnit(text: unit)
    guard let known else { throw ActivityRefusal(.unknownUnit, unit) }
    return try ReportedActivity(text, relation: relation, unit: known, endpoint: type.endpoint)
  }
}
