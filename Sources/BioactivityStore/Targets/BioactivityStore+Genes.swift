import Foundation
import GRDB
public import Records

extension BioactivityStore {
  /// Takes symbols and names of genes from `hgnc.csv`, in the place of those that were there.
  ///
  /// Columns: symbol, hgnc_id, name, uniprot, previous, alias; the last three joined by `|`.
  /// - Returns: how many genes have a protein.
  @discardableResult
  public func importGenes(from source: RecordSource) throws(BioactivityError) -> Int {
    do {
      let table = try TableReader(source)
      let header = HeaderIndex(table.header, source: source.name)
      let symbol = try header.place(of: "symbol")
      let hgnc = try header.place(of: "hgnc_id")
      let name = try header.place(of: "name")
      let uniprot = try header.place(of: "uniprot")
      let others = [(1, try header.place(of: "previous")), (2, try header.place(of: "alias"))]
      return try write { db in
        try db.execute(sql: "DELETE FROM gene; DELETE FROM symbol")
        let gene = try db.cachedStatement(sql: "INSERT OR IGNORE INTO gene VALUES (?, ?, ?, ?)")
        let text = try db.cachedStatement(sql: "INSERT OR IGNORE INTO symbol VALUES (?, ?, ?)")
        var genes = 0
        while let read = try table.next() {
          guard case .row(let row) = read else { continue }
          let accessions = Accession.parts(row.fields[uniprot]).compactMap(Accession.reading)
          if !accessions.isEmpty { genes += 1 }
          for accession in accessions {
            try gene.execute(
              arguments: [accession, row.fields[symbol], row.fields[hgnc], row.fields[name]])
            try text.execute(arguments: [row.fields[symbol], 0, accession])
            for (kind, place) in others {
              for other in row.fields[place].split(separator: "|") {
                try text.execute(arguments: [String(other), kind, accession])
              }
            }
          }
        }
        return genes
      }
    } catch {
      throw BioactivityError(error, path: url.path)
    }
  }

  /// How symbols are read: the approved one before an earlier one, that before an alias.
  func targetReading() throws(BioactivityError) -> TargetReading {
    try read { db in
      var reading = TargetReading()
      var kinds: [String: Int] = [:]
      for row in try Row.fetchAll(db, sql: "SELECT * FROM symbol ORDER BY kind, text, uniprot") {
        let text: String = (row["text"] as String).uppercased()
        let kind: Int = row["kind"]
        guard kinds[text] ?? kind == kind else { continue }
        kinds[text] = kind
        reading.symbols[text, default: []].append(row["uniprot"])
      }
      return reading
    }
  }
}
