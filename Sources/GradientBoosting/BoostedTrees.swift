public import Foundation

/// Trees grown by XGBoost, walked by ourselves.
///
/// The library is asked only to grow. A model from a file never reaches it: its JSON is read and
/// checked here, so that no bytes can crash a prediction, and any number of threads may predict.
/// Predictions are equal to the library's: the same single-precision sums in the same order.
public struct BoostedTrees: Hashable, Sendable {
  /// One step down a tree, or a leaf.
  struct Node: Hashable, Sendable {
    /// The left child, −1 for a leaf; children stand after their parent.
    var left: Int32
    var right: Int32
    /// The column that is looked at.
    var column: Int32
    /// Less goes left; of a leaf, its value.
    var number: Float
    /// Whether a missing number goes left.
    var missingGoesLeft: Bool
  }

  /// The model as XGBoost wrote it.
  public let json: Data
  /// How many columns rows must have.
  public let columns: Int
  /// XGBoost's name of what was fitted.
  public let objective: String
  /// All trees' nodes.
  let nodes: [Node]
  /// Where each tree begins.
  let roots: [Int]
  /// The sum before the first tree.
  let start: Float

  /// How many trees.
  public var treeCount: Int { roots.count }

  /// The sum over the trees for each row of a range: a number, or the logit of a class.
  /// - Complexity: O(rows × trees × depth)
  public func margins(of matrix: FeatureMatrix, rows: Range<Int>) -> [Float] {
    walk(matrix, rows) { row in
      var sum = start
      for root in roots { sum += leaf(of: row, below: root) }
      return sum
    }
  }

  /// For a forest: the sum over the trees for each row of a range, and the standard deviation
  /// between what the trees say apart.
  /// - Complexity: O(rows × trees × depth)
  public func spreads(
    of matrix: FeatureMatrix, rows: Range<Int>
  ) -> [(mean: Double, deviation: Double)] {
    let count = Double(roots.count)
    return walk(matrix, rows) { row in
      var (sum, squares) = (start, 0.0)
      for root in roots {
        let value = leaf(of: row, below: root)
        sum += value
        // A tree's leaves hold its share of the mean.
        squares += Double(value) * Double(value) * count
      }
      let mean = Double(sum) - Double(start)
      return (Double(sum), max(0, squares - mean * mean).squareRoot())
    }
  }

  /// The sum for every row.
  public func margins(of matrix: FeatureMatrix) -> [Float] {
    margins(of: matrix, rows: 0..<matrix.rows)
  }

  /// Asks for each row of a range, written out with NaN for what is missing.
  private func walk<Answer>(
    _ matrix: FeatureMatrix, _ rows: Range<Int>, _ answer: ([Float]) -> Answer
  ) -> [Answer] {
    precondition(matrix.columns == columns, "\(matrix.columns) columns, the trees know \(columns)")
    var row = [Float](repeating: .nan, count: columns)
    return rows.map { number in
      let entries = matrix.offsets[number]..<matrix.offsets[number + 1]
      for entry in entries { row[Int(matrix.indices[entry])] = matrix.values[entry] }
      let result = answer(row)
      for entry in entries { row[Int(matrix.indices[entry])] = .nan }
      return result
    }
  }

  private func leaf(of row: [Float], below root: Int) -> Float {
    var node = nodes[root]
    while node.left >= 0 {
      let value = row[Int(node.column)]
      let goesLeft = value.isNaN ? node.missingGoesLeft : value < node.number
      node = nodes[root + Int(goesLeft ? node.left : node.right)]
    }
    return node.number
  }

  /// The probability of class 1 for the logit that ``margins(of:)`` gives.
  public static func probability(_ logit: Float) -> Double { 1 / (1 + exp(-Double(logit))) }
}
