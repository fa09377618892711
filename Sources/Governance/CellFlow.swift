/// What a hidden cell of a table with known sums can still be.
///
/// Rows and columns are nodes and hidden cells are edges; what one cell gains, cells around a cycle
/// lose and gain in turn. How much is a maximal flow. The last row and column hold sums, so that a
/// cell there moves the other way: with the sign turned, the same graph serves.
struct CellFlow {
  private let hidden: [MinimumCell.Cell]
  private let counts: [[Int]]
  private let nodes: Int
  private let rows: Int

  init(hidden: Set<MinimumCell.Cell>, counts: [[Int]]) {
    self.hidden = hidden.sorted()
    self.counts = counts
    rows = counts.count
    nodes = rows + (counts.first?.count ?? 0)
  }

  /// The most that a cell can be, counted up to `wanted`.
  func most(at cell: MinimumCell.Cell, wanted: Int) -> Int {
    let value = counts[cell.row][cell.column]
    return value + change(of: cell, isGain: true, most: wanted - value)
  }

  /// The least that a cell can be.
  func least(at cell: MinimumCell.Cell) -> Int {
    let value = counts[cell.row][cell.column]
    return value - change(of: cell, isGain: false, most: value)
  }

  /// How far a cell can move, through the other hidden cells.
  private func change(of cell: MinimumCell.Cell, isGain: Bool, most: Int) -> Int {
    guard most > 0 else { return 0 }
    let size = nodes
    var capacity = [[Int]](repeating: [Int](repeating: 0, count: size), count: size)
    let plenty = 1 << 40
    for edge in hidden where edge != cell {
      let (row, column) = (edge.row, rows + edge.column)
      let value = counts[edge.row][edge.column]
      // Along row → column the inner cell grows, without bound; against it, it falls to 0. A sum
      // does the opposite, and the sum of sums the same as an inner cell.
      let (grows, falls) = sign(edge) > 0 ? (plenty, value) : (value, plenty)
      capacity[row][column] = grows
      capacity[column][row] = falls
    }
    let (row, column) = (cell.row, rows + cell.column)
    // The cell's own gain along row → column returns through the others from column to row.
    let isForward = isGain == (sign(cell) > 0)
    let (source, sink) = isForward ? (column, row) : (row, column)
    var flow = 0
    while flow < most, let path = path(from: source, to: sink, capacity) {
      let room = min(most - flow, zip(path, path.dropFirst()).map { capacity[$0][$1] }.min() ?? 0)
      for (from, to) in zip(path, path.dropFirst()) {
        capacity[from][to] -= room
        capacity[to][from] += room
      }
      flow += room
    }
    return flow
  }

  private func sign(_ cell: MinimumCell.Cell) -> Int {
    let isRowSum = cell.column == nodes - rows - 1
    let isColumnSum = cell.row == rows - 1
    return isRowSum == isColumnSum ? 1 : -1
  }

  private func path(from source: Int, to sink: Int, _ capacity: [[Int]]) -> [Int]? {
    var before = [Int?](repeating: nil, count: nodes)
    var queue = [source]
    var seen = [Bool](repeating: false, count: nodes)
    seen[source] = true
    var next = 0
    while next < queue.count {
      let node = queue[next]
      next += 1
      if node == sink {
        var path = [sink]
        while let step = before[path[path.count - 1]] { path.append(step) }
        return path.reversed()
      }
      for other in 0..<nodes where capacity[node][other] > 0 && !seen[other] {
        seen[other] = true
        before[other] = node
        queue.append(other)
      }
    }
    return nil
  }
}
