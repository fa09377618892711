import Testing

@testable import Governance

/// Somebody who has only what was told: groups, and their counts.
struct Attacker {
  let cells: Int
  private var rows: [[Double]] = []
  private var pivots: [Int] = []

  init(cells: Int) { self.cells = cells }

  /// Takes an answer down, in reduced echelon form; the last number of a row is its count.
  mutating func learn(_ group: Set<Int>, _ count: Int) {
    var row = [Double](repeating: 0, count: cells + 1)
    for cell in group { row[cell] = 1 }
    row[cells] = Double(count)
    for (place, pivot) in pivots.enumerated() { Self.subtract(rows[place], row[pivot], &row) }
    var pivot = 0
    while pivot < cells, abs(row[pivot]) < 1e-9 { pivot += 1 }
    guard pivot < cells else { return }
    let scale = row[pivot]
    for place in 0...cells { row[place] /= scale }
    for place in rows.indices { Self.subtract(row, rows[place][pivot], &rows[place]) }
    rows.append(row)
    pivots.append(pivot)
  }

  private static func subtract(_ one: [Double], _ factor: Double, _ other: inout [Double]) {
    if factor == 0 { return }
    var place = 0
    while place < other.count {
      other[place] -= factor * one[place]
      place += 1
    }
  }

  /// Every group whose count follows by adding and subtracting answers.
  ///
  /// In reduced form a group is a sum of rows, since each row's pivot stands in no other row. Cells
  /// are few, so a row's numbers go one by one through all choices of rows (Gray's order).
  func derivable() -> [(group: Set<Int>, count: Int)] {
    var found: [(group: Set<Int>, count: Int)] = []
    var sum = [Double](repeating: 0, count: cells + 1)
    var chosen = 0
    for step in 1..<(1 << rows.count) {
      let place = step.trailingZeroBitCount
      chosen ^= 1 << place
      Self.subtract(rows[place], chosen & (1 << place) != 0 ? -1 : 1, &sum)
      var cell = 0
      while cell < cells, abs(sum[cell]) < 1e-6 || abs(sum[cell] - 1) < 1e-6 { cell += 1 }
      guard cell == cells else { continue }
      found.append((Set((0..<cells).filter { sum[$0] > 0.5 }), Int(sum[cells].rounded())))
    }
    return found
  }
}

@Suite("Sessions of questions")
struct QueryGuardTests {
  private static let minimum = 5

  /// Plays a session, and names what an attacker could work out that is small.
  private func play(
    _ counts: [Int], _ questions: [Set<Int>]
  ) -> (small: [Set<Int>], answered: Int, wrong: Int) {
    var guardian = QueryGuard(counts: counts, rule: MinimumCell(minimum: Self.minimum))
    var attacker = Attacker(cells: counts.count)
    var (answered, wrong) = (0, 0)
    for group in questions {
      guard case .count(let count) = guardian.ask(group) else { continue }
      answered += 1
      if count != group.reduce(0, { $0 + counts[$1] }) { wrong += 1 }
      attacker.learn(group, count)
    }
    let small = attacker.derivable().filter { (1..<Self.minimum).contains($0.count) }
    return (small.map(\.group), answered, wrong)
  }

  private func table(_ random: inout FixedRandom) -> [Int] {
    let cells = Int.random(in: 4...7, using: &random)
    return (0..<cells).map { _ in
      // Many small cells and zeros, as in real cross tables, and some large ones.
      Int.random(in: 0...3, using: &random) == 0
        ? Int.random(in: 0...60, using: &random) : Int.random(in: 0...7, using: &random)
    }
  }

  @Test func `no small group follows from 10,000 random sessions`() {
    var random = FixedRandom(seed: 20)
    var answered = 0
    for _ in 0..<10_000 {
      let counts = table(&random)
      let questions = (0..<10).map { _ in
        Set(counts.indices.filter { _ in Bool.random(using: &random) })
      }
      let result = play(counts, questions)
      #expect(result.small.isEmpty, "\(counts) \(questions) tell \(result.small)")
      #expect(result.wrong == 0)
      answered += result.answered
    }
    // A guard that refuses everything would pass too.
    #expect(answered > 10_000)
  }

  @Test func `no small group follows from 200 sessions of differencing and trackers`() {
    var random = FixedRandom(seed: 21)
    var answered = 0
    for session in 0..<200 {
      let counts = table(&random)
      let all = Set(counts.indices)
      let target = session % counts.count
      var questions: [Set<Int>]
      switch session % 4 {
      case 0:
        // Everybody, and everybody but the one cell.
        questions = [all, all.subtracting([target])]
        questions += counts.indices.map { all.subtracting([$0]) }
      case 1:
        // A chain that grows by a cell at a time, up and down.
        questions = counts.indices.map { Set(0...$0) }
        questions += counts.indices.map { Set($0..<counts.count) }
      case 2:
        // Denning's general tracker: q = (q ∪ T) + (q ∪ not T) − (T) − (not T).
        let tracker = Set(counts.indices.filter { $0 % 2 == 0 })
        let other = all.subtracting(tracker)
        questions = [
          tracker, other, tracker.union([target]), other.union([target]), all,
          tracker.symmetricDifference([target]), other.symmetricDifference([target]),
        ]
      default:
        // Pairs around a cycle of odd length solve for each cell.
        questions = counts.indices.flatMap { one in
          [[one, (one + 1) % counts.count], [one, (one + 2) % counts.count]]
        }.map(Set.init)
        questions.insert(all, at: 0)
      }
      let result = play(counts, questions)
      #expect(result.small.isEmpty, "\(counts) \(questions) tell \(result.small)")
      #expect(result.wrong == 0)
      answered += result.answered
    }
    #expect(answered > 200)
  }

  @Test func `the attacker of these tests finds what a table without a guard gives away`() {
    var attacker = Attacker(cells: 3)
    attacker.learn([0, 1, 2], 20)
    attacker.learn([0, 1], 18)
    #expect(attacker.derivable().contains { $0.group == [2] && $0.count == 2 })
  }

  @Test func `neither answers nor refusals pin a small group, by every world that fits`() {
    var random = FixedRandom(seed: 22)
    let rule = MinimumCell(minimum: 2)
    for _ in 0..<20 {
      var counts = [9, 9, 9, 9]
      while counts.reduce(0, +) > 5 {
        counts = (0..<4).map { _ in Int.random(in: 0...3, using: &random) }
      }
      let questions = (0..<8).map { _ in
        Set((0..<4).filter { _ in Bool.random(using: &random) })
      }
      func transcript(_ world: [Int]) -> [QueryGuard.Answer] {
        var guardian = QueryGuard(counts: world, rule: rule)
        return questions.map { guardian.ask($0) }
      }
      let told = transcript(counts)
      // All worlds of up to 5 people a cell that would have told the same, refusals too.
      var worlds: [[Int]] = []
      for code in 0..<(6 * 6 * 6 * 6) {
        let world = [code % 6, code / 6 % 6, code / 36 % 6, code / 216]
        if transcript(world) == told { worlds.append(world) }
      }
      #expect(worlds.contains(counts))
      for code in 1..<15 {
        let group = (0..<4).filter { code & (1 << $0) != 0 }
        let possible = Set(worlds.map { world in group.reduce(0) { $0 + world[$1] } })
        let truth = group.reduce(0) { $0 + counts[$1] }
        #expect(truth == 0 || truth >= 2 || possible.count > 1, "\(counts) \(questions) \(group)")
      }
    }
  }

  @Test func `what was told is told again, and a whole that is small is told to nobody`() {
    var guardian = QueryGuard(counts: [10, 3, 4, 20])
    #expect(guardian.ask([0]) == .count(10))
    #expect(guardian.ask([1]) == .refused)
    #expect(guardian.ask([1, 2]) == .count(7))
    #expect(guardian.ask([2]) == .refused)
    #expect(guardian.ask([3]) == .count(20))
    #expect(guardian.ask([0]) == .count(10))
    #expect(guardian.ask([0, 1, 2, 3]) == .count(37))
    #expect(guardian.classes == 3)
    var small = QueryGuard(counts: [1, 2])
    #expect(small.ask([0, 1]) == .refused)
    #expect(small.ask([]) == .refused)
  }
}
