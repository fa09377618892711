public import Entities
import Featurization
import Fingerprints
import Foundation
public import Molecules
public import Parallelism
public import PropertyModels
public import Screening

/// One record of an input with its prediction, or its refusal.
public struct PredictedRecord: Sendable {
  /// The record's own fields, in the order of the input's columns.
  public let fields: [String]
  /// The record's identifier.
  public let id: String
  /// What was found, or why nothing could be.
  public let outcome: Result<Candidate, Refusal>
}

/// Predicts every record of a stream, in order, in constant memory.
public struct PredictionCampaign: Sendable {
  private let model: PropertyModel
  private let pool: WorkerPool
  private let profiler: StructureProfiler

  /// Prepares predictions.
  public init(model: PropertyModel, pool: WorkerPool) throws {
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
      transform: { records in records.map { predict($0, width) } },
      consume: { for record in $0 { try consume(record) } })
  }

  private func predict(_ record: ReadRecord, _ width: Int) -> PredictedRecord {
    switch record {
    case .refused(let refused, let fields):
      // A ragged row keeps what fits, so that no column shifts.
      let padded = Array((fields + [String](repeating: "", count: width)).prefix(width))
      return PredictedRecord(fields: padded, id: refused.id, outcome: .failure(refused.reason))
    case .record(let record):
      do throws(Refusal) {
        let candidate = try candidate(record)
        return PredictedRecord(fields: record.fields, id: record.id, outcome: .success(candidate))
      } catch {
        return PredictedRecord(fields: record.fields, id: record.id, outcome: .failure(error))
      }
    }
  }

  private func candidate(_ record: CompoundRecord) throws(Refusal) -> Candidate {
    let description = model.description
    let compound = try description.preparation.compound(from: record.structure)
    do throws(MoleculeError) {
      let row = try description.settings.features.row(of: compound.structure)
      let words = try compound.structure.fingerprintWords(.ecfp4)
      let prediction = model.predictions(
        of: description.settings.features.matrix([row]),
        fingerprints: [
          Fingerprint(bitCount: FingerprintAlgorithm.ecfp4.bitCount, words: words)
        ], using: WorkerPool(threads: 1))[0]
      return Candidate(
        id: record.id, smiles: compound.smiles, prediction: prediction.value,
        nearest: prediction.nearest, inDomain: prediction.inDomain,
        profile: try profiler.profile(of: compound.structure))
    } catch { throw error.refusal }
  }
}
