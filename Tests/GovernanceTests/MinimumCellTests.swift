import Testing

@testable import Governance

@Suite("Minimum cells")
struct MinimumCellTests {
  /// Every table that an attacker cannot tell from the true one: told cells and sums hold, nothing
  /// is negative, and the table is small.
  private func possible(
    _ release: MinimumCell.Release, rows: Int, columns: Int, most: Int
  ) -> [[Set<Int>]] {
    var seen = [[Set<Int>]](
      repeating: [Set<Int>](repeating: [], count: columns), count: rows)
    var table = [Int](repeating: 0, count: rows * columns)
    func fill(_ place: Int) {
      if place == table.count {
        for column in 0..<columns {
          let sum = (0..<rows).reduce(0) { $0 + table[$1 * columns + column] }
          if let told = release.columnSums[column], told != sum { return }
        }
        if let told = release.total, told != table.reduce(0, +) { return }
        for (place, value) in table.enumerated() {
          seen[place / columns][place % columns].insert(value)
        }
        return
      }
      let (row, column) = (place / columns, place % columns)
      for value in 0...most {
        if let told = release.cells[row][column], told != value { continue }
        table[place] = value
        if column == columns - 1, let told = release.rowSums[row],
          told != table[(row * columns)...place].reduce(0, +)
        {
          continue
        }
        fill(place + 1)
      }
    }
    fill(0)
    return seen
  }

  @Test("No small cell of a random table can be derived from what is told with it")
  func random() {
    var generator = FixedRandom(seed: 11)
    let rule = MinimumCell(minimum: 3)
    for _ in 0..<16 {
      let counts = (0..<2).map { _ in (0..<3).map { _ in Int.random(in: 0...6, using: &generator) }
      }
      let release = rule.release(counts)
      let seen = possible(release, rows: 2, columns: 3, most: 8)
      for row in 0..<2 {
        for column in 0..<3 {
          let value = counts[row][column]
          #expect(seen[row][column].contains(value), "the truth is possible: \(counts)")
          if let told = release.cells[row][column] {
            #expect(told == value && rule.allows(told))
          } else if value > 0, value < 3 {
            #expect(seen[row][column].contains { $0 >= 3 }, "\(counts) \(release)")
          }
        }
      }
    }
  }

  @Test("A table without small cells is told whole, with its sums")
  func whole() {
    let release = MinimumCell().release([[10, 0, 7], [8, 9, 30]])
    #expect(release.cells == [[10, 0, 7], [8, 9, 30]])
    #expect(release.rowSums == [17, 47])
    #expect(release.columnSums == [18, 9, 37])
    #expect(release.total == 64)
  }

  @Test("One small cell takes others with it, or a subtraction would tell it")
  func complementary() {
    let release = MinimumCell().release([[2, 40, 60], [30, 50, 70], [20, 25, 35]])
    #expect(release.cells[0][0] == nil)
    let hidden = release.cells.joined().filter { $0 == nil }.count
    #expect(hidden >= 4)
    #expect(release.total == 332)
  }

  @Test("A table of one small cell is kept back with its sums")
  func single() {
    let release = MinimumCell().release([[3]])
    #expect(release.cells == [[nil]])
    #expect(release.total == nil)
    #expect(release.rowSums == [nil])
  }

  @Test("A small group is told neither with one person more nor without")
  func tracker() {
    // Large groups may differ by one openly: that is what the privacy budget is for.
    let rule = MinimumCell()
    for rest in 0..<4 {
      #expect(rule.release([[rest + 1, 100 - rest]]).cells[0][0] == nil)
      #expect(rest == 0 || rule.release([[rest, 100 - rest]]).cells[0][0] == nil)
    }
    #expect(rule.release([[5, 100]]).cells == [[5, 100]])
  }
}
