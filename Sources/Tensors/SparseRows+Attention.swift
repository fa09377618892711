internal import Glibc

extension SparseRows {
  /// Each row's entries as shares of 1: its values times the exponentials of the columns' scores.
  ///
  /// A row without entries stays empty.
  /// - Complexity: O(entries)
  func softmax(of scores: [Float]) -> SparseRows {
    precondition(scores.count == columns, "\(scores.count) scores for \(columns) columns")
    var shares = [Float](repeating: 0, count: indices.count)
    for row in 0..<rows {
      let range = Int(offsets[row])..<Int(offsets[row + 1])
      // The largest score is taken off: shares are the same, and no exponential overflows.
      let largest = range.reduce(-Float.infinity) { max($0, scores[Int(indices[$1])]) }
      var total: Float = 0
      for entry in range {
        shares[entry] = (values?[entry] ?? 1) * expf(scores[Int(indices[entry])] - largest)
        total += shares[entry]
      }
      for entry in range { shares[entry] /= total }
    }
    return SparseRows(trusted: columns, offsets, indices, shares)
  }

  /// The slopes by the scores, given shares: share · (g · row − g · mean), summed over all rows.
  func softmaxSlopes(_ g: Tensor, rows x: Tensor, means: Tensor) -> Tensor {
    var slopes = [Float](repeating: 0, count: columns)
    for row in 0..<rows {
      let own = g.elements[row * g.columns..<(row + 1) * g.columns]
      func product(with other: Tensor, _ place: Int) -> Float {
        zip(own, other.elements[place * other.columns..<(place + 1) * other.columns])
          .reduce(0) { $0 + $1.0 * $1.1 }
      }
      let mean = product(with: means, row)
      for entry in Int(offsets[row])..<Int(offsets[row + 1]) {
        let column = Int(indices[entry])
        slopes[column] += (values?[entry] ?? 0) * (product(with: x, column) - mean)
      }
    }
    return Tensor([columns, 1], slopes)
  }
}
