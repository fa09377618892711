public import Entities
import Featurization
import Foundation
import Molecules
public import Parallelism
public import PropertyModels
public import Records
public import Screening

/// One record of an input with its prediction, or its refusal.
public struct PredictedRecord: Sendable {
  /// The record's own fields, in the order of the input's columns.
  public let fields: [String]
  /// The record's identifier.
  public let id: String
  /// What was found, or why nothing could be.
  public let outcome: Result<PredictedCompound, Refusal>
}

/// One compound with the predictions for every task, and its own facts.
public struct PredictedCompound: Hashable, Sendable {
  /// The standardised structure, canonical SMILES.
  public let smiles: String
  /// The prediction for each task.
  public let tasks: [PredictedValue]
  /// The most similar training compound; its values follow the tasks, NaN for none.
  public let nearest: [NearestMeasured]
  /// Whether the compound lies in the model's domain.
  public let inDomain: Bool
  /// The structure's own facts.
  public let profile: StructureProfile
}

/// Predicts every record of a stream, in order, in constant memory.
public struct PredictionCampaign: Sendable {
  private let model: CalibratedModel
  private let pool: WorkerPool
  private let profiler: StructureProfiler

  /// Prepares predictions.
  public init(model: CalibratedModel, pool: WorkerPool) throws {
    self.model = model
    self.pool = pool
    profiler = try StructureProfiler(plan: ScreeningPlan())
  }

  /// Predicts record by record.
  /// - Parameter consume: called in the order of the input.
  public func run(
    on reader: CompoundReader, consume: (PredictedRecord) throws -> Void
  ) throws {
    let width = reader.header.count
    try pool.stream(
      next: { try reader.nextChunk(64) },
      transform: { records in
        // What a family cannot compute is a fault of the model, not of a row: it ends the run.
        Result { try predict(records, width) }
      },
      consume: { for record in try $0.get() { try consume(record) } })
  }

  private func predict(_ records: [ReadRecord], _ width: Int) throws -> [PredictedRecord] {
    let prepared = records.map(prepare)
    let readable = prepared.compactMap { try? $0.get() }
    // One thread a chunk, which the chunks keep busy.
    var outcomes = try model.outcomes(for: CompoundTable(smiles: readable.map(\.smiles)))
      .makeIterator()
    return zip(records, prepared).map { record, prepared in
      let outcome: Result<PredictedCompound, Refusal> =
        switch prepared {
        case .failure(let reason): .failure(reason)
        case .success(let known):
          switch outcomes.next() {
          case .success(let prediction): .success(compound(known, prediction))
          case .failure(let error): .failure(error.refusal)
          case nil: preconditionFailure("an outcome for each readable record")
          }
        }
      switch record {
      case .refused(let refused, let fields):
        // A ragged row keeps what fits, so that no column shifts.
        let padded = Array((fields + [String](repeating: "", count: width)).prefix(width))
        return PredictedRecord(fields: padded, id: refused.id, outcome: outcome)
      case .record(let record):
        return PredictedRecord(fields: record.fields, id: record.id, outcome: outcome)
      }
    }
  }

  private struct Prepared {
    let smiles: String
    let profile: StructureProfile
  }

  private func prepare(_ record: ReadRecord) -> Result<Prepared, Refusal> {
    switch record {
    case .refused(let refused, _): return .failure(refused.reason)
    case .record(let record):
      do throws(Refusal) {
        let compound = try model.preparation.compound(from: record.structure)
        do throws(MoleculeError) {
          return .success(
            Prepared(
              smiles: compound.smiles, profile: try profiler.profile(of: compound.structure)))
        } catch { throw error.refusal }
      } catch { return .failure(error) }
    }
  }

  private func compound(_ known: Prepared, _ prediction: CompoundPrediction) -> PredictedCompound {
    PredictedCompound(
      smiles: known.smiles, tasks: prediction.tasks.map(\.range),
      nearest: model.tasks.indices.map { prediction.nearest.measured($0) },
      inDomain: prediction.inDomain, profile: known.profile)
  }
}
