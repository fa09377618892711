/// Rows of `bindingdb.csv.gz`: a column for each endpoint, several of which may be filled.
struct BindingDBRows: ActivityRowReader {
  private let smiles: Int
  private let uniprot: Int
  private let name: Int
  private let values: [(endpoint: ActivityEndpoint, place: Int)]
  private let doi: Int
  private let patent: Int
  private let source: Int
  private let targets = TargetReading()

  init(_ header: HeaderIndex) throws(BioactivityError) {
    smiles = try header.place(of: "smiles")
    uniprot = try header.place(of: "uniprot")
    name = try header.place(of: "target_name")
    doi = try header.place(of: "doi")
    patent = try header.place(of: "patent")
    source = try header.place(of: "source")
    values = [
      (.ki, try header.place(of: "ki_nM")), (.ic50, try header.place(of: "ic50_nM")),
      (.kd, try header.place(of: "kd_nM")), (.ec50, try header.place(of: "ec50_nM")),
    ]
  }

  func read(_ fields: [String]) throws(ActivityRefusal) -> ActivityRow {
    if fields[smiles].isEmpty { throw ActivityRefusal(.noStructure) }
    // Only accessions: a row whose target has none is of a mutant, a complex or a whole cell.
    let accession = try targets.accession(fields[uniprot])
    var taken: [ReportedActivity] = []
    var faults: [ActivityEndpoint: ActivityRefusal] = [:]
    for (endpoint, place) in values where !fields[place].isEmpty {
      do throws(ActivityRefusal) {
        taken.append(try ReportedActivity(fields[place], unit: .nanomolar, endpoint: endpoint))
      } catch { faults[endpoint] = error }
    }
    if taken.isEmpty {
      throw ActivityEndpoint.allCases.compactMap { faults[$0] }.first ?? ActivityRefusal(.noValue)
    }
    var row = ActivityRow(
      smiles: fields[smiles], accession: accession, targetName: fields[name], values: taken,
      faults: faults)
    row.reference =
      [fields[doi], fields[patent]].first { !$0.isEmpty } ?? "BindingDB: \(fields[source])"
    return row
  }
}
