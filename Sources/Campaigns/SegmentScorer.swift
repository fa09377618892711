import CompoundLibrary
import Entities
import Featurization
import Fingerprints
import Molecules
import Parallelism
import PropertyModels
import Screening
import Tensors

/// Scores the rows of one segment in fixed pieces, with all threads.
struct SegmentScorer: Sendable {
  let model: PropertyModel
  let library: Library
  let plan: ScreeningPlan
  let pool: WorkerPool
  private static let piece = 2_048

  /// One score a row, larger is better; NaN for a row whose structure cannot be read.
  func scores(of segment: Segment, _ shouldStop: @Sendable () -> Bool) throws -> [Float] {
    let pieces = (segment.rows + Self.piece - 1) / Self.piece
    return try pool.map(throwing: pieces) { piece throws(Interruption) -> [Float] in
      if shouldStop() { throw Interruption(of: "the screen") }
      let start = piece * Self.piece
      return scores(of: segment, start..<min(segment.rows, start + Self.piece))
    }.flatMap { $0 }
  }

  private func scores(of segment: Segment, _ rows: Range<Int>) -> [Float] {
    let goal: OptimisationGoal = model.description.higherIsBetter ? .maximise : .minimise
    let features = features(of: segment, rows)
    let single = WorkerPool(threads: 1)
    switch plan.ranking {
    case .predictedValue:
      return model.values(of: features, using: single).map { goal == .maximise ? $0 : -$0 }
    case .cautiousBound:
      let fingerprints = rows.map { segment.fingerprints[$0] }
      return model.predictions(of: features, fingerprints: fingerprints, using: single).map {
        Float(plan.ranking.score($0.value, goal))
      }
    }
  }

  private func features(of segment: Segment, _ rows: Range<Int>) -> SparseRows {
    let recipe = model.description.settings.features
    if recipe.storedFingerprint == library.options.fingerprint {
      let bits = segment.fingerprints.setBits(rows: rows)
      return SparseRows(columns: recipe.columns, offsets: bits.offsets, indices: bits.indices)
    }
    return recipe.matrix(
      rows.map { row in
        guard let structure = try? Structure(parsing: segment.smiles(row)),
          let features = try? recipe.row(of: structure)
        else { return FeatureRow() }
        return features
      })
  }
}
