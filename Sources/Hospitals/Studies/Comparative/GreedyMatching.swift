/// Nearest others within a caliper, without taking anybody twice.
///
/// Treated people choose in turn, the highest score first, because there others are scarcest; each
/// round gives one more to those who found one in the round before. Of two others as near the one with
/// the lower score is taken; the same people give the same sets. Complexity: O(n log n + treated × ratio).
struct GreedyMatching {
  /// The rows of each set, the treated person first.
  let sets: [[Int]]

  init(
    treated: [(row: Int, score: Double)], others: [(row: Int, score: Double)], caliper: Double,
    ratio: Int
  ) {
    let treated = treated.sorted { ($0.score, $1.row) > ($1.score, $0.row) }
    let others = others.sorted { ($0.score, $0.row) < ($1.score, $1.row) }
    // The nearest place at or below, and at or above, that nobody has taken.
    var below = FreePlaces(others.count)
    var above = FreePlaces(others.count)
    var sets = treated.map { [$0.row] }
    var isOpen = [Bool](repeating: true, count: treated.count)
    for _ in 0..<ratio {
      for (number, person) in treated.enumerated() where isOpen[number] {
        let place = Self.firstPlace(others, from: person.score)
        let up = above.nearest(place)
        let down = others.count - 1 - below.nearest(others.count - place)
        var best: Int?
        if up < others.count { best = up }
        if down >= 0, best.map({ gap(down, person.score) <= gap($0, person.score) }) ?? true {
          best = down
        }
        guard let best, gap(best, person.score) <= caliper else {
          isOpen[number] = false
          continue
        }
        sets[number].append(others[best].row)
        above.take(best)
        below.take(others.count - 1 - best)
      }
    }
    func gap(_ place: Int, _ score: Double) -> Double { abs(others[place].score - score) }
    self.sets = sets.filter { $0.count > 1 }
  }

  /// The first of the others whose score is not below.
  private static func firstPlace(_ others: [(row: Int, score: Double)], from score: Double) -> Int {
    var (low, high) = (0, others.count)
    while low < high {
      let middle = (low + high) / 2
      if others[middle].score < score { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// Places in a row, of which the next free one is found quickly: a forest of pointers to the right.
private struct FreePlaces {
  private var next: [Int]

  init(_ count: Int) { next = Array(0...count) }

  /// The first free place from here on; the count where there is none.
  mutating func nearest(_ place: Int) -> Int {
    var root = place
    while next[root] != root { root = next[root] }
    var walk = place
    while next[walk] != root {
      let step = next[walk]
      next[walk] = root
      walk = step
    }
    return root
  }

  mutating func take(_ place: Int) { next[place] = place + 1 }
}
