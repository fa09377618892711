/// A table of counts of which no small cell can be learnt, not even by subtraction.
///
/// Rows and columns come with their sums. A cell of 1 to `minimum` − 1 people is suppressed, and
/// with it as many others as it takes that the sums leave every such cell open: an attacker who
/// solves the equations, with counts that are not negative, can still not exclude a count of at
/// least the minimum, nor pin any suppressed cell to one value. In a table of two ways a cell's
/// possible values follow from flows in the graph of suppressed cells (Gusfield, A graph theoretic
/// approach to statistical data security, SIAM J. Comput. 1988).
public struct MinimumCell: Hashable, Sendable {
  /// The smallest number of people that may be told.
  public let minimum: Int

  /// The rule with its minimum, five by default.
  public init(minimum: Int = 5) {
    precondition(minimum > 0, "a minimum of people is above 0")
    self.minimum = minimum
  }

  /// Whether a single number, told without any sum of it, may be told.
  public func allows(_ count: Int) -> Bool { count == 0 || count >= minimum }

  /// The table with nil for what is kept back, and its sums where they may be told.
  public struct Release: Hashable, Sendable {
    /// The counts.
    public let cells: [[Int?]]
    /// The sum of each row; nil where it is small itself.
    public let rowSums: [Int?]
    /// The sum of each column.
    public let columnSums: [Int?]
    /// The sum of all; nil where it is small itself.
    public let total: Int?
  }

  /// What may be told of a table.
  ///
  /// The sums are cells of the table too: one more row and one more column, which all stand in the
  /// same equations. Complexity: cells suppressed × (rows + columns + cells suppressed)².
  public func release(_ counts: [[Int]]) -> Release {
    precondition(Set(counts.map(\.count)).count <= 1, "all rows have the same number of cells")
    let whole = withSums(counts)
    var hidden = Set<Cell>()
    for (row, values) in whole.enumerated() {
      for (column, value) in values.enumerated() where !allows(value) {
        hidden.insert(Cell(row: row, column: column))
      }
    }
    while let open = hidden.sorted().first(where: { !isProtected($0, hidden, whole) }) {
      guard let next = companion(of: open, hidden, whole) else {
        // Nothing left to hide in its row or column: the table as a whole is too small.
        hidden = Set(
          whole.indices.flatMap { row in
            whole[row].indices.map { Cell(row: row, column: $0) }
          })
        break
      }
      hidden.insert(next)
    }
    let told = whole.enumerated().map { row, values in
      values.enumerated().map { hidden.contains(Cell(row: row, column: $0)) ? nil : $1 }
    }
    return Release(
      cells: told.dropLast().map { $0.dropLast() },
      rowSums: told.dropLast().map { $0[$0.count - 1] },
      columnSums: told.last.map { $0.dropLast() } ?? [], total: told.last?.last ?? nil)
  }

  struct Cell: Hashable, Comparable {
    let row: Int, column: Int
    static func < (one: Cell, other: Cell) -> Bool {
      (one.row, one.column) < (other.row, other.column)
    }
  }

  /// The table with its sums, so that each row reads "cells minus sum is 0", likewise each column.
  private func withSums(_ counts: [[Int]]) -> [[Int]] {
    let rows = counts.map { $0 + [$0.reduce(0, +)] }
    guard let width = rows.first?.count else { return [] }
    return rows + [(0..<width).map { column in rows.reduce(0) { $0 + $1[column] } }]
  }

  /// Whether an attacker cannot exclude a count of at least the minimum.
  private func isProtected(_ cell: Cell, _ hidden: Set<Cell>, _ whole: [[Int]]) -> Bool {
    let value = whole[cell.row][cell.column]
    let flow = CellFlow(hidden: hidden, counts: whole)
    let most = flow.most(at: cell, wanted: max(minimum, value + 1))
    guard most >= minimum, most > value || flow.least(at: cell) < value else { return false }
    return true
  }

  /// The cell to hide next: the least telling one with which the open cell closes a cycle.
  private func companion(of open: Cell, _ hidden: Set<Cell>, _ whole: [[Int]]) -> Cell? {
    var candidates: [(cost: Int, cell: Cell)] = []
    for row in whole.indices {
      for column in whole[row].indices {
        let cell = Cell(row: row, column: column)
        guard !hidden.contains(cell) else { continue }
        let isSum = row == whole.count - 1 || column == whole[row].count - 1
        let isNear = row == open.row || column == open.column
        // Beside the open cell first; large cells are worth more to the reader, sums the most, and
        // a zero gives an attacker nothing to doubt.
        let value = whole[row][column]
        let cost = (isNear ? 0 : 1 << 20) + (isSum ? 1 << 30 : 0) + (value == 0 ? 1 << 25 : 0)
        candidates.append((cost + min(value, 1 << 19), cell))
      }
    }
    return candidates.min { ($0.cost, $0.cell) < ($1.cost, $1.cell) }?.cell
  }
}
