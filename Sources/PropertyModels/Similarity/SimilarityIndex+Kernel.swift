import LinearAlgebra
import Parallelism

extension SimilarityIndex {
  /// The weighted sum of the parts' similarities, a row for each query, a column for each compound.
  /// - Complexity: O(queries × (compounds + shared features))
  func kernel(
    _ queries: [SimilarityRow], weights: [Double], using pool: WorkerPool
  ) -> Matrix<Double> {
    let step = 64
    let pieces = (queries.count + step - 1) / step
    let parts = pool.map(pieces) { piece in
      var part: [Double] = []
      part.reserveCapacity(step * count)
      for query in queries[(piece * step)..<min(queries.count, (piece + 1) * step)] {
        part += similarities(of: query, weights: weights)
      }
      return part
    }
    return Matrix(rows: queries.count, columns: count, elements: Array(parts.joined()))
  }
}
