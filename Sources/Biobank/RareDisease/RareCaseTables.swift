import Entities
internal import Foundation
public import Provenance
internal import Records

/// Individuals, their signs and their changes, as three tables joined by the individual.
///
/// The layout of phenopackets made flat: `individuals` (id, disease_id, disease, pmid), `variants`
/// (id, gene, hgvs_c, chrom, pos, ref, alt, zygosity, status), `phenotypes` (id, hpo_id, excluded).
public struct RareCaseTables: Sendable {
  /// The cases, in the order of their file.
  public private(set) var cases: [RareCase] = []
  /// Rows that were not taken, by table and reason.
  public private(set) var refused: [String: Int] = [:]
  /// The digest of each file.
  public private(set) var digests: [String: Digest] = [:]

  /// Reads the tables.
  ///
  /// - Parameter allowed: the people who may be read, decided before; nil where all may, since they
  ///   were published.
  public init(
    individuals: String, variants: String, phenotypes: String?, allowed: Set<String>?
  ) throws(BiobankError) {
    var places: [String: Int] = [:]
    try read(individuals, ["id", "disease_id", "disease", "pmid"]) { tables, row in
      if let allowed, !allowed.contains(row[0]) { return "not allowed by consent" }
      if places[row[0]] != nil { return "an individual twice" }
      if row[1].isEmpty { return "no disease" }
      places[row[0]] = tables.cases.count
      tables.cases.append(
        RareCase(id: row[0], disease: row[1], diseaseName: row[2], publication: row[3]))
      return nil
    }
    let columns = ["id", "gene", "hgvs_c", "chrom", "pos", "ref", "alt", "zygosity", "status"]
    try read(variants, columns) { tables, row in
      guard let place = places[row[0]] else { return "a change of nobody" }
      if row[1].isEmpty { return "a change in no named gene" }
      guard row[8].uppercased().hasPrefix("CAUSATIVE") || row[8].uppercased().contains("PATHOGENIC")
      else { return "not held to be causal" }
      let position = row[3...6].joined(separator: "-")
      if row[2].isEmpty && position == "---" { return "a change without a name or a place" }
      tables.cases[place].changes.append(
        RareCase.Change(
          gene: row[1], name: row[2].isEmpty ? position : row[2],
          variantClass: VariantClass(hgvs: row[2]), isHomozygous: row[7] == "homozygous"))
      return nil
    }
    guard let phenotypes else { return }
    try read(phenotypes, ["id", "hpo_id", "excluded"]) { tables, row in
      guard let place = places[row[0]] else { return "a sign of nobody" }
      if row[2] == "0" || row[2].lowercased() == "false" {
        tables.cases[place].signs.insert(row[1])
      }
      return nil
    }
  }

  private mutating func read(
    _ path: String, _ names: [String], _ take: (inout Self, [String]) -> String?
  ) throws(BiobankError) {
    do {
      digests[URL(filePath: path).lastPathComponent] = try Digest(ofFileAt: URL(filePath: path))
      let table = try TableReader(.file(path))
      let places = names.compactMap { table.header.firstIndex(of: $0) }
      guard places.count == names.count else {
        let missing = names.filter { !table.header.contains($0) }
        throw BiobankError.table(path, "has no column \(missing.joined(separator: ", "))")
      }
      while let row = try table.next() {
        switch row {
        case .refused(let record, _): refused["\(record.reason.code)", default: 0] += 1
        case .row(let row):
          let reason = take(&self, places.map { row.fields[$0] })
          if let reason { refused[reason, default: 0] += 1 }
        }
      }
    } catch let error as BiobankError {
      throw error
    } catch { throw .table(path, "\(error)") }
  }
}
