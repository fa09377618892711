import Entities
import Fingerprints
import Parallelism
import PropertyModels
import Testing

@Suite struct DomainTests {
  private let pool = WorkerPool(threads: 2)

  private func domain(_ sets: [[Int]]) -> NeighbourhoodDomain {
    let arena = FingerprintArena(
      bitCount: 64, sets.map { Fingerprint(bitCount: 64, setBits: $0) })
    let compounds = sets.indices.map {
      MeasuredCompound(id: "m\($0)", smiles: "C", value: Double($0))
    }
    return NeighbourhoodDomain(compounds: compounds, fingerprints: arena, using: pool)
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
    let nearest = domain.nearest(
      toEach: [Fingerprint(bitCount: 64, setBits: Array(0..<9))], using: pool)
    #expect(nearest[0].id == "m0" && nearest[0].similarity == 1 && domain.contains(nearest[0]))
    let odd = domain.nearest(
      toEach: [Fingerprint(bitCount: 64, setBits: [61, 62, 63])], using: pool)
    #expect(!domain.contains(odd[0]))
  }

  @Test func `a compound measured twice is its own neighbour, not a reason to be strict`() {
    let domain = domain([[1, 2], [1, 2]])
    #expect(domain.threshold == 1)
    #expect(self.domain([[1, 2]]).threshold == 0)
  }

  @Test func `a similarity of just the threshold lies inside`() {
    let domain = domain([[1, 2, 3], [1, 2], [2, 3]])
    let here = NearestMeasured(id: "", smiles: "", similarity: domain.threshold, value: 0)
    #expect(domain.contains(here))
    let below = NearestMeasured(
      id: "", smiles: "", similarity: domain.threshold.nextDown, value: 0)
    #expect(!domain.contains(below))
  }
}
