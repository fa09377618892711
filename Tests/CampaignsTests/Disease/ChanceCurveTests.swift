import Campaigns
import Entities
import Foundation
import Screening
import Statistics
import Testing

@Suite struct ChanceCurveTests {
  /// Compounds whose chance to be active is a known curve of their distance from the threshold.
  private func tested(_ count: Int, intercept: Double, slope: Double, seed: UInt64 = 1)
    -> [TestedCompound]
  {
    var random = Xoshiro256(seed: seed)
    return (0..<count).map { number in
      let distance = Double.random(in: -4...4, using: &random)
      let chance = 1 / (1 + exp(-(intercept + slope * distance)))
      let isActive = Double.random(in: 0..<1, using: &random) < chance
      return TestedCompound(
        task: "pKi", id: "\(number)", smiles: "C", measured: isActive ? 8 : 5,
        prediction: PredictedValue(
          value: 7 + distance / 2, uncertainty: 0.5, lower: 0, upper: 14),
        nearest: NearestMeasured(id: "", smiles: "", similarity: 1, value: .nan), inDomain: true)
    }
  }

  @Test func `the curve behind the compounds is found`() {
    let curve = ChanceOfActivity(
      threshold: 7, goal: .maximise, test: tested(20_000, intercept: -1, slope: 0.7))
    #expect(abs(curve.intercept + 1) < 0.1)
    #expect(abs(curve.slope - 0.7) < 0.05)
    #expect(curve.fittedTo == 20_000)
  }

  @Test func `of too few compounds nothing is learned`() {
    let curve = ChanceOfActivity(
      threshold: 7, goal: .maximise, test: tested(29, intercept: 0, slope: 1))
    #expect(curve == ChanceOfActivity(threshold: 7, goal: .maximise))
  }

  @Test func `the fewer compounds, the less sure the curve`() {
    func variance(_ count: Int) -> Double {
      ChanceOfActivity(
        threshold: 7, goal: .maximise, test: tested(count, intercept: 0, slope: 1)
      ).covariance[0]
    }
    #expect(variance(60) > 5 * variance(600))
  }
}
