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

  /// One score a row; ``RowScore/unreadable`` for a row whose structure cannot be read.
  func scores(of segment: Segment, _ shouldStop: @Sendable () -> Bool) throws -> [RowScore] {
    let pieces = (segment.rows + Self.piece - 1) / Self.piece
    return try pool.map(throwing: pieces) { piece throws(Interruption) -> [RowScore] in
      if shouldStop() { throw Interruption(of: "the screen") }
      let start = piece * Self.piece
      return scores(of: segment, start..<min(segment.rows, start + Self.piece))
    }.flatMap { $0 }
  }

  private func scores(of segment: Segment, _ rows: Range<Int>) -> [RowScore] {
    let goal: OptimisationGoal = model.description.higherIsBetter ? .maximise : .minimise
    let (features, unreadable) = features(of: segment, rows)
    let single = WorkerPool(threads: 1)
    var scores: [RowScore]
    switch plan.ranking {
    case .predictedValue:
      scores = model.values(of: features, using: single).map {
        RowScore(score: goal == .maximise ? $0 : -$0, value: $0)
      }
    case .cautiousBound:
      let fingerprints = rows.map { segment.fingerprints[$0] }
      scores = model.predictions(of: features, fingerprints: fingerprints, using: single).map {
        RowScore(
          score: Float(plan.ranking.score($0.value, goal)), value: Float($0.value.value))
      }
    }
    for place in unreadable { scores[place] = .unreadable }
    return scores
  }

  /// The rows' features, and the places of rows that have none.
  private func features(of segment: Segment, _ rows: Range<Int>) -> (SparseRows, [Int]) {
    let recipe = model.description.settings.features
    if recipe.storedFingerprint == library.options.fingerprint {
      let bits = segment.fingerprints.setBits(rows: rows)
      let stored = SparseRows(
        columns: recipe.columns, offsets: bits.offsets, indices: bits.indices)
      return (stored, [])
    }
    var unreadable: [Int] = []
    let features = rows.enumerated().map { place, row in
      guard let structure = try? Structure(parsing: segment.smiles(row)),
        let features = try? recipe.row(of: structure)
      else {
        unreadable.append(place)
        return FeatureRow()
      }
      return features
    }
    return (recipe.matrix(features), unreadable)
  }
}
