/// Rows of ChEMBL's exports, with the names of the web page (`Standard Value`) or of the interface
/// (`standard_value`).
struct ChEMBLRows: ActivityRowReader {
  private let smiles: Int
  private let type: Int
  private let relation: Int?
  private let value: Int
  private let units: Int
  private let logarithm: Int?
  private let target: Int?
  private let chemblTarget: Int?
  private let name: Int?
  private let assay: Int?
  private let action: Int?
  private let comment: Int?
  private let duplicate: Int?
  private let document: Int?
  private let given: String?
  private let targets = TargetReading()
  /// The ChEMBL target of the first row, where one accession was given for all.
  private var first: String?

  init(_ header: HeaderIndex, target given: String?) throws(BioactivityError) {
    if let place = header.place(ofAny: "smiles", "canonical_smiles") {
      smiles = place
    } else {
      smiles = try header.place(of: "Smiles")
    }
    type = try header.place(of: "Standard Type")
    relation = header.place(ofAny: "Standard Relation")
    value = try header.place(of: "Standard Value")
    units = try header.place(of: "Standard Units")
    logarithm = header.place(ofAny: "pChEMBL Value", "pChEMBL")
    target = header.place(
      ofAny: "UniProt", "UniProt Accession", "UniProt Accessions", "Accession", "UniProt ID")
    chemblTarget = header.place(ofAny: "Target ChEMBL ID")
    name = header.place(ofAny: "Target Name", "Target Pref Name")
    assay = header.place(ofAny: "Assay Type")
    action = header.place(ofAny: "Action Type")
    comment = header.place(ofAny: "Data Validity Comment", "Data Validity Description")
    duplicate = header.place(ofAny: "Potential Duplicate")
    document = header.place(ofAny: "Document DOI", "DOI", "Document ChEMBL ID")
    self.given = given
    if target == nil, given == nil { _ = try header.place(of: "UniProt Accession") }
  }

  mutating func read(_ fields: [String]) throws(ActivityRefusal) -> ActivityRow {
    func text(_ place: Int?) -> String { place.map { fields[$0] } ?? "" }
    if fields[smiles].isEmpty { throw ActivityRefusal(.noStructure) }
    let accession = try accession(text(target), chemblTarget: text(chemblTarget))
    let doubt = text(comment)
    // "Manually validated" is no doubt.
    if !doubt.isEmpty, !doubt.lowercased().contains("validated") {
      throw ActivityRefusal(.doubted, doubt)
    }
    if ["1", "true", "1.0"].contains(text(duplicate).lowercased()) {
      throw ActivityRefusal(.repeated)
    }
    let value = try value(fields)
    var row = ActivityRow(
      smiles: fields[smiles], accession: accession, targetName: text(name), values: [value])
    row.assay = text(assay).isEmpty ? nil : text(assay)
    row.direction = Self.direction(text(action))
    row.reference = text(document).isEmpty ? nil : text(document)
    return row
  }

  private mutating func accession(
    _ text: String, chemblTarget: String
  ) throws(ActivityRefusal) -> String {
    guard let given else { return try targets.accession(text) }
    if let first, first != chemblTarget { throw ActivityRefusal(.otherTarget, chemblTarget) }
    first = chemblTarget
    return given
  }

  private func value(_ fields: [String]) throws(ActivityRefusal) -> ReportedActivity {
    let relation = relation.map { fields[$0] } ?? ""
    if fields[value].isEmpty, let logarithm, !fields[logarithm].isEmpty,
      let type = ActivityEndpoint.reading(fields[type])
    {
      // ChEMBL gives this logarithm only to exact values.
      return try ReportedActivity(
        fields[logarithm], unit: .negativeLogarithm, endpoint: type.endpoint)
    }
    return try SingleValue.reading(
      fields[value], relation: relation, type: fields[type], unit: fields[units])
  }

  private static func direction(_ action: String) -> AssayDirection? {
    switch action.uppercased() {
    case "": nil
    case let text where text.contains("ANTAGONIST"), let text where text.contains("INHIBITOR"),
      let text where text.contains("BLOCKER"), let text where text.contains("NEGATIVE"):
      .inhibition
    case let text where text.contains("INVERSE AGONIST"): .inhibition
    case let text where text.contains("AGONIST"), let text where text.contains("ACTIVATOR"),
      let text where text.contains("OPENER"), let text where text.contains("POSITIVE"):
      .activation
    case let text where text.contains("BINDING"): .binding
    default: nil
    }
  }
}
