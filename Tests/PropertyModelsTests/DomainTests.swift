import Fingerprints
import Parallelism
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
}
