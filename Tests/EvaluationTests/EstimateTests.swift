import Evaluation
import Parallelism
import Statistics
import Testing

@Suite("Metrics with intervals") struct EstimateTests {
  static let measured = (0..<80).map { Double($0 * 31 % 47) / 10 }
  static let predicted = measured.enumerated().map { $1 + Double($0 * 17 % 13) / 10 - 0.6 }
  static let labels = measured.map { $0 > 2.5 }
  static let scores = predicted.map { min(1, max(0, $0 / 5)) }

  @Test(arguments: Bootstrap.Method.allCases)
  func `the interval holds the value, and threads do not change it`(
    method: Bootstrap.Method
  ) throws {
    let plan = Bootstrap(replicates: 200, seed: 3, method: method)
    let one = RegressionMetric.rmse.estimate(
      predicted: Self.predicted, measured: Self.measured, by: plan)
    let two = RegressionMetric.rmse.estimate(
      predicted: Self.predicted, measured: Self.measured, by: plan, pool: WorkerPool(threads: 3))
    #expect(one == two)
    let interval = try #require(one.interval)
    let value = try #require(one.value)
    #expect(interval.lower < value && value < interval.upper)
    #expect(one.hasUnit && one.count == 80 && !one.higherIsBetter)
  }

  @Test func `another seed gives another interval about the same value`() {
    func estimate(_ seed: UInt64) -> MetricEstimate {
      ClassificationMetric.rocAUC.estimate(
        scores: Self.scores, labels: Self.labels, by: Bootstrap(replicates: 200, seed: seed))
    }
    #expect(estimate(1) == estimate(1))
    #expect(estimate(1).interval != estimate(2).interval)
    #expect(estimate(1).value == estimate(2).value)
  }

  @Test func `an undefined metric has neither value nor interval`() {
    let estimate = ClassificationMetric.rocAUC.estimate(
      scores: [0.1, 0.2], labels: [true, true], by: Bootstrap(replicates: 10))
    #expect(estimate.value == nil && estimate.interval == nil && estimate.count == 2)
  }

  @Test func `a metric that most draws cannot compute has a value without an interval`() {
    let labels = [true] + [Bool](repeating: false, count: 3)
    let estimate = ClassificationMetric.rocAUC.estimate(
      scores: [0.9, 0.1, 0.2, 0.3], labels: labels, by: Bootstrap(replicates: 500, seed: 1))
    #expect(estimate.value == 1)
    // A draw holds the one active with 68 %, so this one still has an interval; two rows do not.
    #expect(estimate.interval != nil)
    let thin = RegressionMetric.kendall.estimate(
      predicted: [1, 2], measured: [1, 2], by: Bootstrap(replicates: 501, seed: 1))
    #expect(thin.value == 1)
    #expect(thin.interval == nil || thin.interval?.lower == 1)
  }
}
