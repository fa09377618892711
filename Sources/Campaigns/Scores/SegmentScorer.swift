import CompoundLibrary
import Entities
import Featurization
import Fingerprints
import Molecules
import Parallelism
import PropertyModels
import Screening

/// Scores the rows of one segment in fixed pieces, with all threads.
struct SegmentScorer: Sendable {
  let model: CalibratedModel
  let task: Int
  let library: Library
  let ranking: RankingRule
  let pool: WorkerPool
  private static let piece = 2_048

  /// One score for each of some rows of a segment; ``RowScore/unreadable`` for a row whose structure
  /// cannot be read.
  func scores(
    of segment: Segment, _ rows: [Int], _ shouldStop: @Sendable () -> Bool
  ) throws -> [RowScore] {
    let pieces = (rows.count + Self.piece - 1) / Self.piece
    return try pool.map(throwing: pieces) { piece -> [RowScore] in
      if shouldStop() { throw Interruption(of: "the screen") }
      let start = piece * Self.piece
      return try scores(of: segment, rows[start..<min(rows.count, start + Self.piece)])
    }.flatMap { $0 }
  }

  private func scores(of segment: Segment, _ rows: ArraySlice<Int>) throws -> [RowScore] {
    let goal = model.tasks[task].goal
    let compounds = CompoundTable(rows.map { (segment, $0) }, of: library)
    switch ranking {
    case .predictedValue:
      return try model.values(ofTask: task, for: compounds).map { value in
        guard let value = value.map({ Float($0) }) else { return .unreadable }
        return RowScore(score: goal == .maximise ? value : -value, value: value)
      }
    case .cautiousBound, .optimisticBound:
      return try model.outcomes(for: compounds).map { outcome in
        guard let value = (try? outcome.get())?.tasks[task].range else { return .unreadable }
        return RowScore(score: Float(ranking.score(value, goal)), value: Float(value.value))
      }
    }
  }
}

extension LearningTask {
  /// What a screen looks for.
  var goal: OptimisationGoal { higherIsBetter ? .maximise : .minimise }
}

extension CompoundTable {
  /// Rows of a library, with the fingerprints it has stored: a model that reads nothing else reads
  /// no structure.
  init(_ places: [(segment: Segment, row: Int)], of library: Library) {
    self.init(smiles: places.map { $0.segment.smiles($0.row) })
    let stored = library.options.fingerprint
    let recipe = FeatureRecipe(blocks: [FeatureBlock(stored, .binary)])
    guard recipe.storedFingerprint == stored else { return }
    know(
      places.map { place in
        let bits = place.segment.fingerprints.setBits(rows: place.row..<place.row + 1)
        var features = FeatureRow()
        features.columns = bits.indices
        features.values = [Float](repeating: 1, count: bits.indices.count)
        return features
      }, of: recipe)
    if stored == .ecfp4 {
      know(places.map { $0.segment.fingerprints[$0.row] }, of: TrainingDomain.Feature())
    }
  }
}
