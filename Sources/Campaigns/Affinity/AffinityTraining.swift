public import Entities
import Featurization
public import Foundation
public import Parallelism
public import PropertyModels
public import Provenance
public import Records

/// From a table of pairs and the proteins' chains to two towers with what the gate says of them.
public struct AffinityTraining: Sendable {
  /// What came of it.
  public struct Outcome: Sendable {
    /// The towers.
    public let model: ValidatedAffinity
    /// How many rows and pairs they learned from.
    public let rows: Int, pairs: Int
    /// The rows of the pairs' table, and the sequences, that were not used.
    public let refused: (pairs: [RefusedRecord], proteins: [RefusedRecord])
  }

  /// The fewest pairs that are learned from.
  public static let fewestPairs = 50

  private let request: AffinityRequest
  private let pool: WorkerPool

  /// Prepares a training.
  public init(_ request: AffinityRequest, pool: WorkerPool) {
    self.request = request
    self.pool = pool
  }

  /// Reads, validates on hidden proteins, and trains on all pairs.
  ///
  /// - Parameters:
  ///   - shouldStop: asked after every epoch; a training that was stopped begins anew.
  ///   - progress: told what is done, and the share of it that is.
  public func run(
    pairs source: RecordSource, proteins sequences: RecordSource,
    shouldStop: () -> Bool = { false }, progress: (String, Double) -> Void = { _, _ in }
  ) throws -> Outcome {
    let proteins = try ProteinTable(sequences)
    let pairs = try AffinityPairs(
      source, of: proteins, request: request, pool: pool, shouldStop: shouldStop
    ) { progress("reading pairs", $0) }
    let count = pairs.table.entries.count
    guard count >= Self.fewestPairs else {
      throw AffinityFault.tooFew(pairs: count, needed: Self.fewestPairs)
    }
    let task = request.endpoint.task(
      column: pairs.valueColumn, scale: request.columns.scale, isOnly: true, labels: [])
    let model = try ValidatedAffinity(
      task, settings: request.settings, on: pairs.table, ids: (pairs.compoundIDs, proteins.ids),
      plan: request.plan, seed: request.seed, preparation: request.preparation, using: pool,
      shouldStop: shouldStop, progress: progress)
    return Outcome(
      model: model, rows: pairs.rows, pairs: count, refused: (pairs.refused, proteins.refused))
  }

  /// Writes the model's folder as a whole, or not at all: the towers, `validation.csv` protein by
  /// protein, `refused.csv`, the card and `run.json`.
  ///
  /// - Returns: what stands for the model.
  public func write(
    _ outcome: Outcome, card: ModelCard, inputs: [Artifact], to folder: URL
  ) throws -> Digest {
    let staged = try AtomicFolder(at: folder, replacing: .ifItHolds(ValidatedAffinity.manifestFile))
    try outcome.model.write(into: staged.staging)
    try card.write(into: staged.staging)
    try writeValidation(outcome.model, to: staged.file("validation.csv"))
    let refused = try DelimitedWriter(
      to: .file(staged.file("refused.csv").path), header: ["file", "line", "id", "code", "reason"])
    for (file, records) in [
      ("pairs", outcome.refused.pairs), ("proteins", outcome.refused.proteins),
    ] {
      for record in records {
        try refused.write(
          [file, "\(record.line)", record.id, record.reason.code, record.reason.description])
      }
    }
    try refused.finish()
    let digest = try ValidatedAffinity.manifestDigest(of: staged.staging)
    try RunRecord(
      verb: "affinity train", options: AffinityCard.settings(outcome.model, request),
      seed: request.seed, inputs: inputs,
      models: [Artifact(name: ValidatedAffinity.manifestFile, digest: digest)],
      outputs: try ["validation.csv", "refused.csv", ModelCard.fileName].map {
        try Artifact(fileAt: staged.file($0))
      },
      counts: [
        "rows": outcome.rows, "pairs": outcome.pairs,
        "compounds": outcome.model.domain.compounds.count,
        "proteins": outcome.model.proteinIDs.count, "families": outcome.model.validation.families,
        "refused rows": outcome.refused.pairs.count,
        "refused proteins": outcome.refused.proteins.count,
      ]
    ).write(into: staged.staging)
    try staged.commit()
    return digest
  }

  private func writeValidation(_ model: ValidatedAffinity, to url: URL) throws {
    let trivial = ColdProtein.TrivialAnswer.allCases
    let writer = try DelimitedWriter(
      to: .file(url.path),
      header: [
        "protein", "family", "nearest", "cosine", "compounds", "count", "towers", "spearman",
      ]
        + trivial.map(\.rawValue))
    for protein in model.validation.proteins {
      for kind in ColdProtein.Compounds.allCases {
        guard let ranking = protein.ranking(of: kind) else { continue }
        let names = [protein.protein, protein.nearest].map { model.proteinIDs[$0] }
        try writer.write(
          [
            names[0], "\(protein.family)", names[1], "\(protein.cosine)", kind.rawValue,
            "\(ranking.compounds)", "\(ranking.towers)", ranking.spearman.map { "\($0)" } ?? "",
          ] + trivial.map { ranking.trivial[$0].map { "\($0)" } ?? "" })
      }
    }
    try writer.finish()
  }
}
