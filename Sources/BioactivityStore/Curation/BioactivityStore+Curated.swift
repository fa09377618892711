import Foundation
import GRDB
import Provenance

extension BioactivityStore {
  /// The activities of one target on one endpoint, merged by compound.
  ///
  /// A compound is a key of a standard InChI: tautomers are one. Its structure is the standardised
  /// form that was measured most often. Only sources that were imported whole count.
  /// - Parameter target: an accession, or a symbol of the genes that were imported.
  /// - Complexity: O(n log n) on the measurements
  public func curated(
    target: String, endpoint: EndpointChoice, rules: CurationRules = .default
  ) throws(BioactivityError) -> CuratedActivities {
    let summary = try self.target(named: target)
    let stored = try read { db in try Self.measurements(of: summary.uniprot, endpoint, db) }
    var rows: [CuratedActivity] = []
    var refused: [ConflictingCompound] = []
    var directions: Set<AssayDirection> = []
    var start = 0
    while start < stored.count {
      let id = stored[start].inchiKey
      let end = stored[start...].firstIndex { $0.inchiKey != id } ?? stored.count
      let compound = stored[start..<end]
      start = end
      let smiles = Self.mostFrequent(compound.map(\.smiles))
      directions.formUnion(compound.map(\.direction))
      do throws(ActivityConflict) {
        let merged = try rules.merged(compound.map(\.measurement))
        let sources = Set(compound.compactMap(\.measurement.reference)).sorted()
        rows.append(CuratedActivity(id: id, smiles: smiles, activity: merged, sources: sources))
      } catch {
        refused.append(ConflictingCompound(id: id, smiles: smiles, conflict: error))
      }
    }
    return CuratedActivities(
      target: summary, endpoint: endpoint, direction: Self.common(directions), rows: rows,
      refused: refused, measurements: stored.count,
      origins: try origins(Set(stored.map(\.source))))
  }

  private struct Stored {
    let inchiKey: String
    let smiles: String
    let measurement: ActivityMeasurement
    let direction: AssayDirection
    let source: Int64
  }

  private static func measurements(
    of uniprot: String, _ endpoint: EndpointChoice, _ db: Database
  ) throws -> [Stored] {
    // ChEMBL's letters: B binding, F functional; the others are of cells' uptake, of toxicity.
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT inchikey, smiles, relation, nanomolar, direction, reference.text AS reference,
          measurement.source AS source
        FROM measurement JOIN target ON target.id = measurement.target
        JOIN source ON source.id = measurement.source AND source.complete
        JOIN spelling ON spelling.id = measurement.spelling
        JOIN structure ON structure.id = spelling.structure
        LEFT JOIN reference ON reference.id = measurement.reference
        WHERE target.uniprot = ? AND (assay IS NULL OR assay IN ('B', 'F'))
          AND endpoint IN (\(endpoint.endpoints.map { "'\($0.rawValue)'" }.joined(separator: ", ")))
        ORDER BY inchikey, source.digest, row, endpoint
        """, arguments: [uniprot])
    return rows.compactMap { row in
      guard let relation = ActivityRelation(rawValue: row["relation"]) else { return nil }
      let nanomolar: Double = row["nanomolar"]
      return Stored(
        inchiKey: row["inchikey"], smiles: row["smiles"],
        measurement: ActivityMeasurement(
          9 - log10(nanomolar), relation.flipped, reference: row["reference"]),
        direction: AssayDirection(rawValue: row["direction"]) ?? .unknown, source: row["source"])
    }
  }

  /// Inhibition with binding is inhibition: who measures Kd beside IC50 measures the same site.
  private static func common(_ found: Set<AssayDirection>) -> AssayDirection {
    if found == [.inhibition, .binding] { return .inhibition }
    return found.count == 1 ? found.first ?? .unknown : .unknown
  }

  private static func mostFrequent(_ texts: [String]) -> String {
    let counts = texts.reduce(into: [:]) { counts, text in counts[text, default: 0] += 1 }
    return counts.min { ($1.value, $0.key) < ($0.value, $1.key) }?.key ?? ""
  }

  private func origins(_ sources: Set<Int64>) throws(BioactivityError) -> [Artifact] {
    try read { db in
      let rows = try Row.fetchAll(db, sql: "SELECT id, name, digest FROM source ORDER BY digest")
      return rows.compactMap { row in
        guard sources.contains(row["id"]), let digest = Digest(hex: row["digest"]) else {
          return nil
        }
        return Artifact(name: row["name"], digest: digest)
      }
    }
  }
}
