import Fingerprints
import Parallelism
import Statistics
import Testing

@testable import PropertyModels

@Suite struct DomainTests {
  private let pool = WorkerPool(threads: 2)

  private func domain(_ sets: [[Int]]) -> TrainingDomain {
    TrainingDomain(
      compounds: sets.indices.map { TrainingCompound(id: "m\($0)", smiles: "C", labels: []) },
      fingerprints: sets.map { Fingerprint(bitCount: 2_048, setBits: $0) }, using: pool)
  }

  @Test func `the threshold leaves 95 % of the measured compounds inside`() {
    // Nineteen pairs of similarity 9/10 to a neighbour each, and one pair of 1/3.
    var sets: [[Int]] = []
    for pair in 0..<19 {
      let base = Array((pair..<pair + 9))
      sets += [base, base + [60]]
    }
    sets += [[61, 62], [62, 63]]
    let domain = domain(sets)
    // 40 compounds: the third least similarity, and the two least are the odd pair's.
    #expect(domain.threshold >= 0.8 && domain.threshold <= 0.9)
  }

  @Test func `a compound measured twice is its own neighbour, not a reason to be strict`() {
    let domain = domain([[1, 2], [1, 2]])
    #expect(domain.threshold == 1)
    #expect(self.domain([[1, 2]]).threshold == 0)
  }

  @Test func `the rows inside are those whose nearest compound is near enough`() throws {
    var random = Xoshiro256(seed: 5)
    // Every other row is of another chemistry in half of its bits.
    let rows = (0..<650).map { row in
      let bits = (0..<12).map { Int(random.next() % 40) + (row % 2 == 1 && $0 < 6 ? 1_000 : 0) }
      return Fingerprint(bitCount: 2_048, setBits: bits)
    }
    let domain = TrainingDomain(
      compounds: (0..<75).map { _ in TrainingCompound(id: "m", smiles: "C", labels: []) },
      fingerprints: (0..<75).map { rows[2 * $0] }, using: pool)
    let table = FingerprintArena(bitCount: 2_048, rows.suffix(500))
    let found = domain.rows(of: table, where: { $0 % 7 != 0 }, using: pool)
    let inside = try #require(found)
    let near = domain.fingerprints.nearest(
      toEach: (0..<table.count).map { table[$0] }, count: 1, using: pool)
    let expected = near.indices.filter {
      $0 % 7 != 0 && near[$0][0].similarity >= domain.threshold
    }
    #expect((0..<table.count).filter { inside.contains($0) } == expected)
    #expect(inside.count == expected.count && expected.count > 20 && expected.count < 400)
    let stopped = domain.rows(of: table, where: { _ in true }, using: pool, while: { false })
    #expect(stopped == nil)
  }
}
