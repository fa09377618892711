import Statistics
import Testing

@Suite("Bootstrap") struct BootstrapTests {
  @Test func `a replicate depends on the seed and its number alone`() {
    let plan = Bootstrap(seed: 5)
    #expect(plan.rows(ofReplicate: 3, count: 20) == plan.rows(ofReplicate: 3, count: 20))
    #expect(plan.rows(ofReplicate: 3, count: 20) != plan.rows(ofReplicate: 4, count: 20))
    #expect(
      plan.rows(ofReplicate: 3, count: 20) != Bootstrap(seed: 6).rows(ofReplicate: 3, count: 20))
    #expect(plan.rows(ofReplicate: 3, count: 20).allSatisfy { (0..<20).contains($0) })
  }

  @Test func `percentile intervals of a mean hold it about as often as they say`() throws {
    var generator = Xoshiro256(seed: 9)
    var held = 0
    for trial in 0..<300 {
      // Sums of twelve uniform numbers are close to normal with mean 6 and variance 1.
      let data = (0..<60).map { _ in (0..<12).reduce(0.0) { sum, _ in sum + generator.drawUnit() } }
      let plan = Bootstrap(replicates: 300, confidence: 0.9, seed: UInt64(trial))
      let replicates = (0..<300).map { number in
        Moments.mean(plan.rows(ofReplicate: number, count: 60).map { data[$0] })
      }
      let mean = try #require(Moments.mean(data))
      let interval = try #require(plan.interval(estimate: mean, replicates: replicates))
      if interval.lower <= 6 && 6 <= interval.upper { held += 1 }
    }
    // 270 expected; four standard deviations are 21.
    #expect((249...291).contains(held))
  }

  /// `scipy.stats._resampling._bca_interval` with the same replicates.
  @Test func `the BCa interval is SciPy's for the same replicates`() throws {
    let data = (0..<40).map { Double($0 * $0 * 37 % 101) / 7 }.map { $0 * $0 }
    let estimate = try #require(Moments.sampleVariance(data))
    let replicates = (0..<1000).map { estimate * (0.55 + Double($0 * 7919 % 1000) / 1000) }
    let jackknife = data.indices.map { left in
      Moments.sampleVariance(data.indices.filter { $0 != left }.map { data[$0] })
    }
    let plan = Bootstrap(confidence: 0.9, method: .bca)
    let interval = try #require(
      plan.interval(estimate: estimate, replicates: replicates, jackknife: jackknife))
    #expect(abs(interval.lower - 2509.1570927678295) < 1e-6)
    #expect(abs(interval.upper - 6325.137927515) < 1e-6)
  }

  @Test func `without bias and acceleration BCa is the percentile interval`() throws {
    let replicates = (0...1000).map { Optional(Double($0)) }
    let plain = Bootstrap().interval(estimate: 500, replicates: replicates)
    let corrected = Bootstrap(method: .bca).interval(estimate: 500, replicates: replicates)
    #expect(abs(try #require(plain).lower - 25) < 1e-9)
    #expect(abs(try #require(corrected).lower - 25) < 1e-9)
    #expect(abs(try #require(corrected).upper - 975) < 1e-9)
  }

  @Test func `replicates that are mostly undefined give no interval`() {
    let plan = Bootstrap()
    #expect(plan.interval(estimate: 1, replicates: [nil, nil, 1]) == nil)
    #expect(plan.interval(estimate: 1, replicates: []) == nil)
    #expect(plan.interval(estimate: 1, replicates: [nil, 1, 1])?.lower == 1)
  }

  @Test func `replicates all on one side keep finite ends`() {
    let plan = Bootstrap(method: .bca)
    let interval = plan.interval(estimate: 100, replicates: (0..<100).map { Double($0) })
    #expect(abs((interval?.upper ?? 0) - 99) < 1e-6)
  }
}
