public import BioactivityStore
import Foundation
import Provenance
import Records

/// One target's activities as a table for training, with what was left out and a record beside it.
public struct ActivityExport: Sendable {
  /// The store.
  public var store: BioactivityStore
  /// An accession, or a gene's symbol.
  public var target: String
  /// Which endpoints.
  public var endpoint: EndpointChoice
  /// How measurements are merged.
  public var rules: CurationRules

  /// Describes the work.
  public init(
    store: BioactivityStore, target: String, endpoint: EndpointChoice,
    rules: CurationRules = .default
  ) {
    self.store = store
    self.target = target
    self.endpoint = endpoint
    self.rules = rules
  }

  /// Writes `path`, `path.refused.csv` and last `path.run.json`.
  ///
  /// - Returns: what was written.
  public func run(to path: String) throws -> CuratedActivities {
    let set = try store.curated(target: target, endpoint: endpoint, rules: rules)
    let refused = path + ".refused.csv"
    try set.write(to: .file(path))
    let table = try DelimitedWriter(
      to: .file(refused), header: ["id", "smiles", "code", "reason"])
    for compound in set.refused {
      try table.write(
        [compound.id, compound.smiles, compound.conflict.code, compound.conflict.description])
    }
    try table.finish()
    let outputs = try [path, refused].map { try Artifact(fileAt: URL(filePath: $0)) }
    try StableJSON.write(record(set, outputs), to: URL(filePath: path + ".run.json"))
    return set
  }

  private func record(_ set: CuratedActivities, _ outputs: [Artifact]) -> RunRecord {
    RunRecord(
      verb: "activities export",
      options: [
        "target": set.target.uniprot, "endpoint": set.endpoint.column,
        "max_spread": "\(rules.largestSpread)", "direction": set.direction.rawValue,
        "set": set.digest.hex,
      ],
      inputs: set.origins, outputs: outputs,
      counts: [
        "measurements": set.measurements, "compounds": set.rows.count,
        "refused": set.refused.count,
        "bounds": set.rows.count { $0.activity.relation != .equal },
        "contradicted_bounds": set.rows.reduce(0) { $0 + $1.activity.contradictedBounds },
      ])
  }
}
