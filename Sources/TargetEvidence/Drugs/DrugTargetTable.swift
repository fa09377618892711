public import Entities
import Records

/// Which drugs act on which targets, from a table of DrugCentral, DrugBank or one's own.
///
/// - DrugCentral: `GeneID`, `drugbank_name`, `actions`; needs the symbols of genes.
/// - DrugBank: `drugbank_id`, `category`, `organism`, `known_action`, `actions`, `entrez_gene_id`;
///   needs the symbols and the names of drugs. Only targets in people whose pharmacological action is
///   known are taken.
/// - one's own: `drug`, `target`, `action`.
public struct DrugTargetTable: Sendable {
  /// The actions, by drug and target; each once.
  public private(set) var targets: [DrugTarget] = []
  /// Lines that were not taken.
  public private(set) var refused: [RefusedRecord] = []
  /// Rows that are about something else: enzymes, carriers, other organisms, unknown actions.
  public private(set) var others = 0

  /// Reads a table.
  ///
  /// - Parameters:
  ///   - symbols: a table of `GeneID`, `type` and `symbol`, of which the rows of type symbol count.
  ///   - names: a table of `drugbank_id` and `name`.
  public init(reading path: String, symbols: String? = nil, names: String? = nil) throws {
    let table = try TableReader(.file(path))
    let header = Set(table.header)
    let layout: Layout
    if header.isSuperset(of: ["drug", "target", "action"]) {
      layout = .own
    } else if header.isSuperset(of: ["GeneID", "drugbank_name", "actions"]) {
      layout = .drugCentral(try Self.column("symbol", by: "GeneID", of: symbols, path))
    } else if header.isSuperset(of: ["drugbank_id", "category", "known_action", "entrez_gene_id"]) {
      layout = .drugBank(
        try Self.column("symbol", by: "GeneID", of: symbols, path),
        try Self.column("name", by: "drugbank_id", of: names, path))
    } else {
      throw EvidenceError.table(
        path, "has none of the columns of DrugCentral, DrugBank, or drug, target, action")
    }
    var found = Set<DrugTarget>()
    while let row = try table.next() {
      guard case .row(let row) = row else {
        if case .refused(let record, _) = row { refused.append(record) }
        continue
      }
      let fields = Dictionary(
        zip(table.header, row.fields).filter { !$0.1.isEmpty }, uniquingKeysWith: { one, _ in one })
      switch layout.target(fields) {
      case .success(let target?): found.insert(target)
      case .success(nil): others += 1
      case .failure(let reason): refused.append(RefusedRecord(line: row.line, reason: reason))
      }
    }
    targets = found.sorted {
      ($0.drug, $0.symbol, $0.action, $0.uniprot ?? "")
        < ($1.drug, $1.symbol, $1.action, $1.uniprot ?? "")
    }
  }

  private enum Layout {
    case own
    case drugCentral(_ symbols: [String: String])
    case drugBank(_ symbols: [String: String], _ names: [String: String])

    func target(_ fields: [String: String]) -> Result<DrugTarget?, Refusal> {
      switch self {
      case .own: make(fields["drug"], fields["target"], fields["action"], fields)
      case .drugCentral(let symbols):
        make(
          fields["drugbank_name"], fields["GeneID"].flatMap { symbols[$0] }, fields["actions"],
          fields)
      case .drugBank(let symbols, let names):
        if fields["category"] == "target", fields["organism"] == "Human",
          fields["known_action"] == "yes"
        {
          make(
            fields["drugbank_id"].flatMap { names[$0] },
            fields["entrez_gene_id"].flatMap { symbols[$0] }, fields["actions"], fields)
        } else {
          .success(nil)
        }
      }
    }

    private func make(
      _ drug: String?, _ symbol: String?, _ action: String?, _ fields: [String: String]
    ) -> Result<DrugTarget?, Refusal> {
      guard let drug else { return .failure(.missingValue(column: "the drug's name")) }
      guard let symbol else { return .failure(.missingValue(column: "the gene's symbol")) }
      let papers = (fields["pubmed_ids"] ?? "").split(separator: "|").prefix(5)
      return .success(
        DrugTarget(
          drug: drug, symbol: symbol, uniprot: fields["uniprot_id"], action: action ?? "unknown",
          citations: papers.map { "PMID:\($0)" }))
    }
  }

  private static func column(
    _ value: String, by key: String, of path: String?, _ table: String
  ) throws -> [String: String] {
    guard let path else {
      throw EvidenceError.table(table, "needs a table of \(key) and \(value) besides")
    }
    let reader = try TableReader(.file(path))
    guard let from = reader.header.firstIndex(of: key),
      let to = reader.header.firstIndex(of: value)
    else { throw EvidenceError.table(path, "has no columns \(key) and \(value)") }
    // Symbols stand among synonyms; a drug's type is something else.
    let type = value == "symbol" ? reader.header.firstIndex(of: "type") : nil
    var found: [String: String] = [:]
    while let row = try reader.next() {
      guard case .row(let row) = row, type.map({ row.fields[$0] == value }) ?? true else {
        continue
      }
      found[row.fields[from]] = row.fields[to]
    }
    return found
  }
}
