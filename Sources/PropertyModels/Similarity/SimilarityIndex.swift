import Featurization

/// Compounds' features turned about, column by column, so that one compound's similarities to all of
/// them cost only the features it shares with each.
///
/// The similarity is Σ min ÷ Σ max over a block's columns: Tanimoto's where every value is 1, MinMax
/// on counts (Ralaivola et al. 2005). It is a positive definite kernel either way.
struct SimilarityIndex: Sendable {
  /// The columns' blocks.
  let recipe: FeatureRecipe
  /// How many compounds.
  let count: Int
  /// Where each column's entries begin, and one past the last.
  private let offsets: [Int]
  /// The compound and the value of each entry; compounds ascend in a column.
  private let members: [Int32]
  private let values: [Float]
  /// The sum of each compound's values, block by block.
  private let totals: [[Double]]

  /// Turns rows about.
  /// - Complexity: O(columns + entries)
  init(_ rows: [FeatureRow], _ recipe: FeatureRecipe) {
    self.recipe = recipe
    count = rows.count
    var offsets = [Int](repeating: 0, count: recipe.columns + 1)
    for row in rows { for column in row.columns { offsets[Int(column) + 1] += 1 } }
    for column in 0..<recipe.columns { offsets[column + 1] += offsets[column] }
    var places = offsets
    var members = [Int32](repeating: 0, count: offsets[recipe.columns])
    var values = [Float](repeating: 0, count: members.count)
    for (number, row) in rows.enumerated() {
      for (column, value) in zip(row.columns, row.values) {
        let place = places[Int(column)]
        members[place] = Int32(number)
        values[place] = value
        places[Int(column)] = place + 1
      }
    }
    self.offsets = offsets
    self.members = members
    self.values = values
    var totals = recipe.blocks.map { _ in [Double]() }
    for row in rows {
      let query = BlockedRow(row, recipe)
      for block in totals.indices { totals[block].append(query.total(block)) }
    }
    self.totals = totals
  }

  /// Adds `weight` times a block's similarities of a query to all compounds.
  ///
  /// Two compounds without any feature of the block are alike: 1.
  /// - Parameter shared: room for one number a compound; its contents do not matter.
  /// - Complexity: O(compounds + shared features)
  func add(
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

  /// The weighted sum of the blocks' similarities to all compounds.
  func similarities(of row: FeatureRow, weights: [Double]) -> [Double] {
    let query = BlockedRow(row, recipe)
    var sums = [Double](repeating: 0, count: count)
    var shared = sums
    for (block, weight) in weights.enumerated() where weight != 0 {
      add(weight, block: block, of: query, to: &sums, using: &shared)
    }
    return sums
  }
}

/// A row of features with the entries of each block.
struct BlockedRow {
  let row: FeatureRow
  /// The entries of each block.
  let ranges: [Range<Int>]

  init(_ row: FeatureRow, _ recipe: FeatureRecipe) {
    self.row = row
    var ranges: [Range<Int>] = []
    var (first, end) = (0, Int32(0))
    for block in recipe.blocks {
      end += Int32(block.columns)
      var last = first
      while last < row.columns.count, row.columns[last] < end { last += 1 }
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
