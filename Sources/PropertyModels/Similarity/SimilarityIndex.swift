import Featurization
import Foundation

/// Compounds' features turned about, column by column, so that one compound's similarities to all of
/// them cost only the features it shares with each.
///
/// Of a sparse block the similarity is Σ min ÷ Σ max: Tanimoto's where every value is 1, MinMax on
/// counts (Ralaivola et al. 2005). Of a dense stretch it is `exp(−½ · mean squared distance)`. Both
/// are positive definite kernels.
struct SimilarityIndex: Sendable {
  /// What similarity is measured on.
  let layout: SimilarityLayout
  /// How many compounds.
  let count: Int
  /// Where each column's entries begin, and one past the last.
  private let offsets: [Int]
  /// The compound and the value of each entry; compounds ascend in a column.
  private let members: [Int32]
  private let values: [Float]
  /// The sum of each compound's values, block by block.
  private let totals: [[Double]]
  /// The dense numbers, compound after compound.
  private let dense: [Float]

  /// Turns rows about.
  /// - Complexity: O(columns + entries)
  init(_ rows: [SimilarityRow], _ layout: SimilarityLayout) {
    self.layout = layout
    count = rows.count
    let columns = layout.sparseColumns
    var offsets = [Int](repeating: 0, count: columns + 1)
    for row in rows { for column in row.sparse.columns { offsets[Int(column) + 1] += 1 } }
    for column in 0..<columns { offsets[column + 1] += offsets[column] }
    var places = offsets
    var members = [Int32](repeating: 0, count: offsets[columns])
    var values = [Float](repeating: 0, count: members.count)
    for (number, row) in rows.enumerated() {
      for (column, value) in zip(row.sparse.columns, row.sparse.values) {
        let place = places[Int(column)]
        members[place] = Int32(number)
        values[place] = value
        places[Int(column)] = place + 1
      }
    }
    self.offsets = offsets
    self.members = members
    self.values = values
    var totals = layout.widths.map { _ in [Double]() }
    for row in rows {
      let query = BlockedRow(row, layout)
      for block in totals.indices { totals[block].append(query.total(block)) }
    }
    self.totals = totals
    dense = rows.flatMap(\.dense)
    precondition(dense.count == count * layout.denseColumns, "rows without their dense numbers")
  }

  /// The weighted sum of the parts' similarities to all compounds.
  func similarities(of row: SimilarityRow, weights: [Double]) -> [Double] {
    precondition(weights.count == layout.parts, "a weight for each of \(layout.parts) parts")
    let query = BlockedRow(row, layout)
    var sums = [Double](repeating: 0, count: count)
    var shared = sums
    for (part, weight) in weights.enumerated() where weight != 0 {
      if part < layout.widths.count {
        addSparse(weight, block: part, of: query, to: &sums, using: &shared)
      } else {
        addDense(weight, layout.stretches[part - layout.widths.count], of: row, to: &sums)
      }
    }
    return sums
  }

  /// Adds `weight` times a block's similarities of a query to all compounds.
  ///
  /// Two compounds without any feature of the block are alike: 1.
  /// - Parameter shared: room for one number a compound; its contents do not matter.
  /// - Complexity: O(compounds + shared features)
  private func addSparse(
    _ weight: Double, block: Int, of query: BlockedRow, to sums: inout [Double],
    using shared: inout [Double]
  ) {
    for row in 0..<count { shared[row] = 0 }
    for entry in query.ranges[block] {
      let value = query.row.values[entry]
      let column = Int(query.row.columns[entry])
      for place in offsets[column]..<offsets[column + 1] {
        shared[Int(members[place])] += Double(min(value, values[place]))
      }
    }
    let total = query.total(block)
    for row in 0..<count {
      let union = total + totals[block][row] - shared[row]
      sums[row] += weight * (union > 0 ? shared[row] / union : 1)
    }
  }

  /// - Complexity: O(compounds × columns)
  private func addDense(
    _ weight: Double, _ columns: Range<Int>, of query: SimilarityRow, to sums: inout [Double]
  ) {
    let width = layout.denseColumns
    let scale = -0.5 / Double(columns.count)
    for row in 0..<count {
      var squares: Float = 0
      for column in columns {
        let difference = query.dense[column] - dense[row * width + column]
        squares += difference * difference
      }
      sums[row] += weight * exp(scale * Double(squares))
    }
  }
}

/// A row's sparse entries with those of each block.
struct BlockedRow {
  let row: FeatureRow
  /// The entries of each block.
  let ranges: [Range<Int>]

  init(_ row: SimilarityRow, _ layout: SimilarityLayout) {
    self.row = row.sparse
    let columns = row.sparse.columns
    var ranges: [Range<Int>] = []
    var (first, end) = (0, Int32(0))
    for width in layout.widths {
      end += Int32(width)
      var last = first
      while last < columns.count, columns[last] < end { last += 1 }
      ranges.append(first..<last)
      first = last
    }
    self.ranges = ranges
  }

  /// The sum of a block's values.
  func total(_ block: Int) -> Double {
    ranges[block].reduce(0) { $0 + Double(row.values[$1]) }
  }
}
