import Statistics
import Testing

@Suite("Power") struct PowerTests {
  @Test(arguments: PowerStudy.Noise.allCases)
  func `of 1,000 comparisons of equal models 3 to 7 per cent are called different`(
    noise: PowerStudy.Noise
  ) {
    let point = PowerStudy(treatments: 3, noise: noise, seed: 11).point(effect: 0, count: 1000)
    #expect((0.03...0.07).contains(point.share), "\(point.share)")
  }

  @Test func `a larger difference is found more often`() {
    let shares = [0.5, 1, 1.5].map { PowerStudy(seed: 3).point(effect: $0, count: 60).share }
    #expect(shares[0] < shares[1] && shares[1] < shares[2])
    #expect(shares[2] > 0.95)
  }

  @Test func `one test set is compared by resampled rows, all pairs at once`() throws {
    var draws = Xoshiro256(seed: 5)
    let rows = (0..<300).map { _ in (draws.drawUnit(), draws.drawUnit()) }
    let columns = [rows.map(\.0), rows.map(\.1), rows.map { $0.0 + 0.5 }]
    func means(_ rows: [Int]) -> [Double] {
      columns.map { column in rows.reduce(0) { $0 + column[$1] } / Double(rows.count) }
    }
    let plan = Bootstrap(replicates: 500, seed: 1)
    let replicates = (0..<500).map { means(plan.rows(ofReplicate: $0, count: 300)) }
    let compared = try #require(
      PairedBootstrap(estimates: means(Array(0..<300)), replicates: replicates))
    let pairs = compared.comparisons
    #expect(pairs[0].interval.lower < 0 && pairs[0].interval.upper > 0 && pairs[0].pValue > 0.1)
    // The third is the first and a half in every row: there is no doubt about that difference.
    #expect(abs(pairs[1].difference + 0.5) < 1e-12 && pairs[1].pValue < 0.01)
    #expect(pairs[1].interval.upper - pairs[1].interval.lower < 1e-9)
    #expect(PairedBootstrap(estimates: [1, 2], replicates: [nil, nil, [1, 2]]) == nil)
  }
}
