import Fingerprints
import Parallelism
import Statistics

/// Molecules that stand on both sides of a split, and labels that contradict each other.
struct TwinSearch {
  private(set) var findings: [DataAudit.Finding] = []
  private(set) var pairs: [DataAudit.Pair] = []
  private(set) var numbers: [String: Double] = [:]
  private let rows: [AuditedRow]

  init(
    _ rows: [AuditedRow], _ fingerprints: [Fingerprint], threshold: Double, seed: UInt64,
    _ pool: WorkerPool
  ) {
    self.rows = rows
    let groups = Self.groups(rows.map(\.identity))
    findDuplicates(groups)
    findSharedIdentifiers()
    findContradictions(groups)
    findNearDuplicates(fingerprints, threshold, seed, pool)
  }

  private static func groups(_ keys: [String]) -> [[Int]] {
    ScaffoldGroups.inOrderOfAppearance(keys).filter { $0.count > 1 }
  }

  private mutating func findDuplicates(_ groups: [[Int]]) {
    var count = 0
    for group in groups {
      guard let seen = group.first(where: { !rows[$0].isTest }) else { continue }
      for row in group where rows[row].isTest {
        count += 1
        pairs.append(pair(.duplicate, row, seen, 1))
      }
    }
    numbers["test rows whose molecule is learnt from"] = Double(count)
    guard count > 0 else { return }
    let share = percent(count, rows.count(where: \.isTest))
    findings.append(
      .init(
        kind: .duplicate, severity: .fault,
        sentence: "\(count) test rows (\(share)) are molecules that are learnt from too"))
  }

  private mutating func findSharedIdentifiers() {
    let seen = Dictionary(
      rows.indices.filter { !rows[$0].isTest && !rows[$0].id.isEmpty }.map { (rows[$0].id, $0) },
      uniquingKeysWith: { first, _ in first })
    let shared = rows.indices.filter { rows[$0].isTest && seen[rows[$0].id] != nil }
    // A duplicate molecule is told once; here are names that stand for two molecules.
    let others = shared.filter { row in
      seen[rows[row].id].map { rows[$0].identity != rows[row].identity } ?? false
    }
    guard !others.isEmpty else { return }
    for row in others {
      if let other = seen[rows[row].id] { pairs.append(pair(.sharedIdentifier, row, other, 0)) }
    }
    findings.append(
      .init(
        kind: .sharedIdentifier, severity: .warning,
        sentence: "\(others.count) test rows have the identifier of another molecule that is "
          + "learnt from"))
  }

  /// Labels further apart than the whole set's standard deviation, or another class.
  private mutating func findContradictions(_ groups: [[Int]]) {
    let values = rows.map(\.value)
    let isClass = Set(values).isSubset(of: [0, 1])
    let limit = isClass ? 0.5 : (Moments.sampleVariance(values) ?? 0).squareRoot()
    var count = 0
    for group in groups {
      let sorted = group.sorted { (values[$0], $0) < (values[$1], $1) }
      guard let low = sorted.first, let high = sorted.last, values[high] - values[low] > limit
      else { continue }
      count += 1
      pairs.append(pair(.contradiction, high, low, 1))
    }
    numbers["molecules with contradicting labels"] = Double(count)
    guard count > 0 else { return }
    let share = Double(count) / Double(rows.count)
    findings.append(
      .init(
        kind: .contradiction, severity: share > 0.01 ? .fault : .warning,
        sentence: "\(count) molecules stand there more than once with labels that contradict each "
          + "other" + (isClass ? "" : ", by more than the set's standard deviation")))
  }

  /// Same skeleton or a similarity at the threshold, more often across the split than by chance.
  private mutating func findNearDuplicates(
    _ fingerprints: [Fingerprint], _ threshold: Double, _ seed: UInt64, _ pool: WorkerPool
  ) {
    guard let width = fingerprints.first?.bitCount else { return }
    var near = [[(row: Int, similarity: Double)]](repeating: [], count: rows.count)
    let arena = FingerprintArena(bitCount: width, fingerprints)
    for first in stride(from: 0, to: rows.count, by: 512) {
      let block = first..<min(first + 512, rows.count)
      let found = arena.neighbours(
        ofEach: block.map { fingerprints[$0] }, threshold: threshold, using: pool)
      for (row, neighbours) in zip(block, found) {
        for other in neighbours where rows[row].identity != rows[other.row].identity {
          near[row].append((other.row, other.similarity))
        }
      }
    }
    for group in Self.groups(rows.map(\.skeleton)) {
      for row in group {
        for other in group
        where rows[row].identity != rows[other].identity
          && !near[row].contains(where: { $0.row == other })
        { near[row].append((other, 1)) }
      }
    }
    let isTest = rows.map(\.isTest)
    func across(_ isTest: [Bool]) -> Int {
      rows.indices.count { row in isTest[row] && near[row].contains { !isTest[$0.row] } }
    }
    let found = across(isTest)
    let tested = isTest.count { $0 }
    numbers["test rows with a near duplicate that is learnt from"] = Double(found)
    guard found > 0 else { return }
    for row in rows.indices where isTest[row] {
      let best = near[row].filter { !isTest[$0.row] }.max {
        ($0.similarity, $1.row) < ($1.similarity, $0.row)
      }
      if let best { pairs.append(pair(.nearDuplicate, row, best.row, best.similarity)) }
    }
    var draws = Xoshiro256(seed: seed)
    let chance = (0..<50).map { _ -> Double in
      var other = [Bool](repeating: false, count: rows.count)
      for row in draws.drawOrder(of: rows.count).prefix(tested) { other[row] = true }
      return Double(across(other))
    }
    let mean = Moments.mean(chance) ?? 0
    let spread = (Moments.sampleVariance(chance) ?? 0).squareRoot()
    numbers["the same by chance"] = mean
    // Five standard deviations: a clean split passes twenty million times before it is wronged.
    let excess = Double(found) > mean + 5 * max(spread, 1) + 1
    findings.append(
      .init(
        kind: .nearDuplicate, severity: excess ? .fault : .note,
        sentence:
          "\(found) test rows (\(percent(found, tested))) are nearly the same as a molecule "
          + "that is learnt from (but for stereochemistry, or Tanimoto ≥ \(threshold)); a random "
          + "split of these rows has \(Int(mean.rounded()))"))
  }

  private func pair(
    _ kind: DataAudit.Kind, _ row: Int, _ other: Int, _ similarity: Double
  ) -> DataAudit.Pair {
    DataAudit.Pair(
      kind: kind, row: row, id: rows[row].id, otherRow: other, otherID: rows[other].id,
      similarity: similarity)
  }

  private func percent(_ count: Int, _ all: Int) -> String {
    "\((1000 * Double(count) / Double(max(all, 1))).rounded() / 10) %"
  }
}
