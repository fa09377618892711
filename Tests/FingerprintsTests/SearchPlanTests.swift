import Fingerprints
import Parallelism
import Testing

@Suite struct SearchPlanTests {
  private let table = adversarialFingerprints(bitCount: 256, count: 3_000, seed: 12)

  @Test func `a plan has the answer of the search, for any goal`() {
    let index = ColumnIndex(of: FingerprintArena(bitCount: 256, table))
    for goal in [SimilarityRequest.Goal.nearest(0), .nearest(20), .atLeast(0.6), .atLeast(2)] {
      let request = SimilarityRequest(queries: Array(table.prefix(20)), goal: goal)
      let plans = index.explain(request)
      #expect(plans.map(\.neighbours) == index.search(request, using: .init(threads: 1)))
      #expect(plans == index.explain(request))
      for plan in plans {
        #expect(plan.candidates.read >= plan.neighbours.count)
        #expect(plan.candidates.total == 3_000)
        #expect(plan.pages.total == 1)
        #expect(plan.blocks.total == 6)
        #expect(plan.lines.total == 6 * 256)
        #expect(plan.lines.read <= plan.blocks.read * plan.columns.count)
        #expect(plan.bytes.read == 64 * plan.lines.read)
      }
    }
  }

  @Test func `columns are read from the rarest bit to the most frequent`() {
    let index = ColumnIndex(of: FingerprintArena(bitCount: 256, table))
    let request = SimilarityRequest(queries: [table[100]], goal: .nearest(1))
    let columns = index.explain(request)[0].columns
    #expect(columns.sorted() == table[100].setBits)
    let frequencies = columns.map { bit in table.count { $0[bit] } }
    #expect(frequencies == frequencies.sorted())
  }

  @Test func `only popcounts that can reach the threshold are looked at`() {
    // 16 blocks of rows whose popcount is the block's number, 10 to 25; the query has 20 bits.
    let rows = (10..<26).flatMap { popcount in
      (0..<512).map { Fingerprint(bitCount: 1024, setBits: [$0] + (1000 - popcount..<999)) }
    }
    let halves = [rows[..<4096], rows[4096...]].map {
      ColumnIndex(of: FingerprintArena(bitCount: 1024, $0))
    }
    let index = ColumnIndex(joining: halves)
    let query = Fingerprint(bitCount: 1024, setBits: 980..<1000)
    let request = SimilarityRequest(queries: [query], goal: .atLeast(0.8))
    let plan = index.explain(request)[0]
    #expect(plan.popcounts == [16...25])
    #expect(plan.blocks == .init(read: 10, of: 16))
    #expect(plan.pages == .init(read: 2, of: 2))
    #expect(
      index.explain(SimilarityRequest(queries: [query], goal: .atLeast(2)))[0].blocks.read == 0)
    let empty = Fingerprint(bitCount: 1024)
    #expect(
      index.explain(SimilarityRequest(queries: [empty], goal: .nearest(1)))[0].lines.read == 0)
  }
}
