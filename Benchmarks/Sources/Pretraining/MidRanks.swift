import NeuralNetworks
import Tensors

/// Columns of numbers as targets: each number becomes its place in the column's distribution,
/// between −√3 and √3, so that every column has about unit variance and no freak counts for much.
///
/// Equal numbers share the middle of their places. What is missing weighs nothing, and a column that
/// hardly varies is left out.
struct MidRanks {
  let targets: Targets
  /// Which columns are kept.
  let columns: [Int]

  init(_ rows: [[Float]]) {
    let width = rows.first?.count ?? 0
    var (kept, scaled): ([Int], [[Float?]]) = ([], [])
    for column in 0..<width {
      let known = rows.map { $0[column] }.filter(\.isFinite).sorted()
      var place: [UInt32: Float] = [:]
      var (start, mostEqual) = (0, 0)
      while start < known.count {
        var end = start
        while end < known.count, known[end] == known[start] { end += 1 }
        place[known[start].bitPattern] = Float(start + end) / Float(2 * known.count)
        mostEqual = max(mostEqual, end - start)
        start = end
      }
      guard known.count > rows.count / 2, mostEqual < known.count - known.count / 500 else {
        continue
      }
      kept.append(column)
      scaled.append(
        rows.map { row in
          // A zero has two bit patterns; its equal is found by value.
          place[row[column].bitPattern].map { ($0 - 0.5) * Float(12).squareRoot() }
            ?? (row[column] == 0 ? place[(-row[column]).bitPattern] : nil)
            .map { ($0 - 0.5) * Float(12).squareRoot() }
        })
    }
    columns = kept
    var values = [Float](repeating: 0, count: rows.count * kept.count)
    var weights = [Float](repeating: 0, count: values.count)
    for (column, numbers) in scaled.enumerated() {
      for (row, number) in numbers.enumerated() {
        guard let number else { continue }
        values[row * kept.count + column] = number
        weights[row * kept.count + column] = 1
      }
    }
    targets = Targets(
      values: Tensor([rows.count, kept.count], values),
      weights: Tensor([rows.count, kept.count], weights))
  }
}
