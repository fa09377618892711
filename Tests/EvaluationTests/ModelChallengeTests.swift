import Evaluation
import Statistics
import Testing

@Suite struct ModelChallengeTests {
  /// Errors that go up and down about a size.
  private func errors(_ size: Double, _ count: Int, spread: Double = 0.1) -> [Double] {
    (0..<count).map { (size + spread * Double($0 % 5 - 2)) * ($0 % 2 == 0 ? 1 : -1) }
  }

  @Test func `a better model is no worse, and a worse one is worse`() throws {
    let better = try #require(
      ModelChallenge(old: errors(1, 100), new: errors(0.9, 100, spread: 0.05)))
    #expect(better.isNoWorse && !better.isWorse)
    let worse = try #require(
      ModelChallenge(old: errors(1, 100), new: errors(1.3, 100, spread: 0.05)))
    #expect(!worse.isNoWorse && worse.isWorse)
    #expect(abs(worse.oldError - 1) < 1e-12 && abs(worse.newError - 1.3) < 1e-12)
  }

  @Test func `that nothing was found with few compounds is no reason`() throws {
    let old = errors(1, 12, spread: 0.3)
    let new = Array(errors(1, 12, spread: 0.3).reversed())
    let few = try #require(ModelChallenge(old: old, new: new))
    #expect(!few.isNoWorse && !few.isWorse)
    #expect(ModelChallenge(old: errors(1, 9), new: errors(1, 9)) == nil)
  }

  @Test func `the same model is no worse than itself`() throws {
    let same = try #require(ModelChallenge(old: errors(1, 30), new: errors(1, 30)))
    #expect(same.isNoWorse && same.difference == nil)
  }

  @Test func `the interval is Student's over the compounds' differences`() throws {
    // Differences of .1 and .3 in turn: mean .2, sd .1054, standard error .0333, t(.975, 9) 2.2622.
    let old = [Double](repeating: 1, count: 10)
    let new = (0..<10).map { $0 % 2 == 0 ? 1.1 : 1.3 }
    let interval = try #require(ModelChallenge(old: old, new: new)?.difference)
    #expect(abs(interval.lower - (0.2 - 2.2621571628 * 0.1 / 3)) < 1e-9)
    #expect(abs(interval.upper - (0.2 + 2.2621571628 * 0.1 / 3)) < 1e-9)
  }
}
