public import Entities
import Featurization
import Molecules
public import Parallelism
public import PropertyModels
public import Records

/// One record of a library and one protein: what two towers say, or why nothing can be said.
public struct ScoredPair: Sendable {
  /// The record's own fields, in the order of the library's columns.
  public let fields: [String]
  /// The record's identifier.
  public let id: String
  /// The protein's place among those that were asked for.
  public let protein: Int
  /// The canonical SMILES with the prediction, or the refusal.
  public let outcome: Result<(smiles: String, prediction: AffinityPrediction), Refusal>
}

/// Asks two towers for every record of a stream and some proteins, in order, in constant memory.
public struct AffinityScoring: Sendable {
  private let model: ValidatedAffinity
  private let proteins: ProteinTable
  private let pool: WorkerPool
  /// What the gate says of each protein, for known and for new compounds.
  public let verdicts: [[ColdProtein.Compounds: AffinityVerdict]]

  /// Prepares a scoring, and asks the gate.
  public init(model: ValidatedAffinity, proteins: ProteinTable, pool: WorkerPool) {
    self.model = model
    self.proteins = proteins
    self.pool = pool
    verdicts = proteins.sequences.map { model.verdicts(on: $0) }
  }

  /// Whether a prediction may be used, and in a few words why not.
  public func objection(to prediction: AffinityPrediction, protein: Int) -> String? {
    guard let verdict = verdicts[protein][prediction.kind] else { return "not validated" }
    if !verdict.decision.passes {
      return prediction.kind == .known
        ? "not validated on hidden proteins" : "not validated for new compounds"
    }
    if !verdict.isUsable { return "no relative near enough" }
    return prediction.kind == .new && !prediction.inDomain ? "compound outside the domain" : nil
  }

  /// Scores record by record, each for all proteins.
  /// - Parameter consume: called in the order of the library, and for each record of the proteins.
  public func run(on reader: CompoundReader, consume: (ScoredPair) throws -> Void) throws {
    let width = reader.header.count
    try pool.stream(
      next: { try reader.nextChunk(256) },
      // What the towers cannot compute is a fault of the model, not of a row: it ends the run.
      transform: { records in Result { try score(records, width) } },
      consume: { for pair in try $0.get() { try consume(pair) } })
  }

  private func score(_ records: [ReadRecord], _ width: Int) throws -> [ScoredPair] {
    let prepared = records.map(prepare)
    let readable = prepared.compactMap { try? $0.get() }
    let compounds = CompoundTable(smiles: readable)
    // One thread a chunk, which the chunks keep busy.
    let answers = try proteins.sequences.map {
      try model.outcomes(of: compounds, for: $0, using: WorkerPool(threads: 1))
    }
    var place = 0
    var pairs: [ScoredPair] = []
    for (record, prepared) in zip(records, prepared) {
      let (fields, id) = named(record, width)
      for protein in proteins.sequences.indices {
        let outcome: Result<(smiles: String, prediction: AffinityPrediction), Refusal> =
          switch prepared {
          case .failure(let reason): .failure(reason)
          case .success(let smiles):
            answers[protein][place].map { (smiles, $0) }.mapError(\.refusal)
          }
        pairs.append(ScoredPair(fields: fields, id: id, protein: protein, outcome: outcome))
      }
      if case .success = prepared { place += 1 }
    }
    return pairs
  }

  private func named(_ record: ReadRecord, _ width: Int) -> (fields: [String], id: String) {
    switch record {
    case .record(let record): return (record.fields, record.id)
    case .refused(let refused, let fields):
      // A ragged row keeps what fits, so that no column shifts.
      let padded = Array((fields + [String](repeating: "", count: width)).prefix(width))
      return (padded, refused.id)
    }
  }

  private func prepare(_ record: ReadRecord) -> Result<String, Refusal> {
    switch record {
    case .refused(let refused, _): return .failure(refused.reason)
    case .record(let record):
      do throws(Refusal) {
        return .success(try model.preparation.compound(from: record.structure).smiles)
      } catch { return .failure(error) }
    }
  }
}
