import Evaluation
import Foundation
import Testing

@Suite("Metrics at the edges") struct MetricEdgeTests {
  static let all: [ClassificationMetric] =
    ClassificationMetric.usual + [
      .trapezoidPRAUC, .balancedAccuracy(threshold: 0.5), .f1(threshold: 0.5), .logLoss,
      .rie(alpha: 20, ties: .mean),
    ]

  @Test(arguments: all)
  func `no rows and a score that is no number give no value`(metric: ClassificationMetric) {
    #expect(metric.value(scores: [], labels: []) == nil)
    #expect(metric.value(scores: [0.1, .nan], labels: [true, false]) == nil)
    #expect(metric.value(scores: [0.1, .infinity], labels: [true, false]) == nil)
  }

  @Test(arguments: RegressionMetric.allCases)
  func `no rows and a number that is none give no value`(metric: RegressionMetric) {
    #expect(metric.value(predicted: [], measured: []) == nil)
    #expect(metric.value(predicted: [.nan, 1], measured: [0, 1]) == nil)
  }

  @Test(arguments: all)
  func `the order of the rows does not matter`(metric: ClassificationMetric) throws {
    let scores = (0..<200).map { Double($0 * 37 % 21) / 20 }
    let labels = (0..<200).map { $0 * 37 % 21 > $0 % 23 }
    let forward = try #require(metric.value(scores: scores, labels: labels))
    let backward = try #require(metric.value(scores: scores.reversed(), labels: labels.reversed()))
    #expect(abs(forward - backward) < 1e-12)
  }

  @Test(arguments: [ClassificationMetric.brier, .logLoss, .calibrationError(bins: 10)])
  func `a score that is no probability has no probability metric`(metric: ClassificationMetric) {
    #expect(metric.value(scores: [0.5, 1.5], labels: [true, false]) == nil)
  }

  @Test func `a score with ties only is a coin toss`() {
    let scores = [Double](repeating: 0.3, count: 10)
    let labels = (0..<10).map { $0 < 4 }
    #expect(ClassificationMetric.rocAUC.value(scores: scores, labels: labels) == 0.5)
    #expect(
      ClassificationMetric.enrichment(fraction: 0.1, ties: .mean)
        .value(scores: scores, labels: labels) == 1)
    #expect(ClassificationMetric.averagePrecision.value(scores: scores, labels: labels) == 0.4)
  }

  @Test func `R² has no value where all measured values are equal`() {
    #expect(RegressionMetric.r2.value(predicted: [1, 2, 3], measured: [0.1, 0.1, 0.1]) == nil)
    #expect(RegressionMetric.r2.value(predicted: [1, 2, 3], measured: [1, 2, 3]) == 1)
  }

  @Test func `each metric has a name of its own and says which way is better`() {
    let names = Self.all.map(\.name) + RegressionMetric.allCases.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.contains("EF 1 %") && names.contains("BEDROC(20)"))
    #expect(!ClassificationMetric.brier.higherIsBetter && !RegressionMetric.rmse.higherIsBetter)
    #expect(ClassificationMetric.rocAUC.higherIsBetter && RegressionMetric.r2.higherIsBetter)
  }

  @Test(arguments: all)
  func `a metric goes through JSON and comes back the same`(metric: ClassificationMetric) throws {
    let data = try JSONEncoder().encode(metric)
    #expect(try JSONDecoder().decode(ClassificationMetric.self, from: data) == metric)
  }
}
