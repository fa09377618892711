import Entities
import Screening
import Testing

@testable import Reporting

struct ChartTests {
  @Test func `ticks are round and inside the axis`() {
    let axis = Axis(from: 3.1, to: 8.9, start: 0, end: 100)
    #expect(axis.ticks(atMost: 6).map(\.label) == ["4", "5", "6", "7", "8"])
    let small = Axis(from: 0, to: 0.9, start: 0, end: 100)
    #expect(small.ticks(atMost: 5).map(\.label) == ["0.0", "0.2", "0.4", "0.6", "0.8"])
    let counts = Axis(from: -0.5, to: 2.5, start: 0, end: 100)
    #expect(counts.ticks(atMost: 6, whole: true).map(\.label) == ["0", "1", "2"])
  }

  @Test func `a flat axis still has a width`() {
    let axis = Axis(from: 5, to: 5, start: 0, end: 100)
    #expect(axis.place(5) == 50)
  }

  @Test func `counts of chunks add up to the whole, and the ends hold what lies beyond`() {
    let values = [-3.0, 0, 0.49, 0.5, 1, 7, .nan, .infinity]
    var whole = ValueHistogram(from: 0, to: 1, bins: 2)
    var parts = (whole, whole)
    for (index, value) in values.enumerated() {
      whole.add(value)
      if index % 2 == 0 { parts.0.add(value) } else { parts.1.add(value) }
    }
    parts.0.merge(parts.1)
    #expect(whole.counts == [3, 4])
    #expect(parts.0 == whole)
  }

  @Test func `the histogram's words say what its bars show`() {
    var scores = ValueHistogram(from: 0, to: 10, bins: 100)
    for value in 0..<1_000 { scores.add(Double(value) / 100) }
    let chart = ScoreHistogramChart(
      scores: scores, hits: [9.5, 9.9], endpoint: ReportEndpoint(name: "pKi", unit: "log"))
    #expect(
      chart.summary == "Predicted pKi of 1,000 scored compounds, most between 0.5 and 9.5; "
        + "the 2 hits lie between 9.5 and 9.9.")
    #expect(chart.markup().html.contains("aria-label=\"\(chart.summary)\""))
  }

  @Test func `a value missed by its interval is drawn apart`() {
    let inside = PredictedValue(value: 6, uncertainty: 1, lower: 5, upper: 7)
    let chart = PredictionChart(
      test: [
        TestPrediction(measured: 6, prediction: inside),
        TestPrediction(measured: 8, prediction: inside),
        TestPrediction(measured: .nan, prediction: inside),
      ], endpoint: ReportEndpoint(name: "pKi", unit: "log"))
    #expect(chart.summary.contains("2 test compounds"))
    #expect(chart.summary.contains("misses the measured value of 1."))
    let dots = chart.markup().html.split(separator: "<path class=\"dots ")
    #expect(dots.dropFirst().map { String($0).components(of: "h0") } == [1, 1])
  }

  @Test func `charts of nothing are drawn without a trap`() {
    let endpoint = ReportEndpoint(name: "pKi", unit: "log")
    let empty = ValueHistogram(from: 0, to: 1, bins: 3)
    #expect(ScoreHistogramChart(scores: empty, hits: [], endpoint: endpoint).markup() != .empty)
    #expect(PredictionChart(test: [], endpoint: endpoint).markup() != .empty)
    #expect(CalibrationChart(levels: []).markup() != .empty)
    #expect(ComparisonChart(contenders: [], metric: "RMSE").markup() == .empty)
    #expect(DistributionChart(property: .logP, hits: [], library: []).markup() == .empty)
    let odd = CompoundProperties(
      molecularWeight: .nan, logP: 1, polarSurfaceArea: 0, donors: 0, acceptors: 500,
      rotatableBonds: 0, drugLikeness: 0)
    for property in CompoundProperty.allCases {
      _ = DistributionChart(property: property, hits: [odd], library: []).markup()
    }
  }
}
