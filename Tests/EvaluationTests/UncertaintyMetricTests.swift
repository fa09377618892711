import Evaluation
import Foundation
import Testing

@Suite struct UncertaintyMetricTests {
  // The rows and the numbers of Tests/References/uncertainty.py.
  private let predicted = (0..<23).map { sin(Double($0)) }
  private let deviations = (0..<23).map { 0.2 + 0.1 * Double(($0 * 7) % 11) }
  private var measured: [Double] {
    (0..<23).map { predicted[$0] + deviations[$0] * cos(2 * Double($0)) * 1.3 }
  }

  @Test(
    "each metric agrees with NumPy and SciPy",
    arguments: [
      (UncertaintyMetric.negativeLogLikelihood, 0.8252239386693401),
      (.rankedProbabilityScore, 0.35550460180523874),
      (.normalizedCalibrationError(bins: 5), 0.2998628801519537),
      (.sharpness, 0.7523875042301934),
      (.errorCorrelation, 0.6137865421595081),
    ])
  func agrees(metric: UncertaintyMetric, expected: Double) throws {
    let value = try #require(
      metric.value(predicted: predicted, deviations: deviations, measured: measured))
    #expect(abs(value - expected) < 1e-9)
  }

  @Test("a deviation that is none has no metric", arguments: UncertaintyMetric.usual)
  func undefined(metric: UncertaintyMetric) {
    for deviation in [0, -1, .nan, .infinity] {
      #expect(metric.value(predicted: [1], deviations: [deviation], measured: [1]) == nil)
    }
    #expect(metric.value(predicted: [], deviations: [], measured: []) == nil)
  }

  @Test func `fewer rows than bins make a bin for each row`() throws {
    let value = UncertaintyMetric.normalizedCalibrationError(bins: 10).value(
      predicted: [0, 0], deviations: [1, 2], measured: [1, 1])
    #expect(value == 0.25)
  }
}
