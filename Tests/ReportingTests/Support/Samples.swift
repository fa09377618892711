import Entities
import Screening

@testable import Reporting

/// Small made-up values for tests that need no data.
enum Samples {
  static func hit(
    rank: Int = 1, id: String = "C1", smiles: String = "CCO", value: Double = 7.5,
    width: Double = 1, similarity: Double = 0.6, inDomain: Bool = true, alerts: [String] = [],
    scaffold: String = "", contributions: [Double] = [], reason: String = "High prediction."
  ) -> Hit {
    Hit(
      rank: rank, id: id, smiles: smiles,
      prediction: PredictedValue(
        value: value, uncertainty: width / 2, lower: value - width, upper: value + width),
      nearest: NearestMeasured(id: "N1", smiles: "CCN", similarity: similarity, value: 6.25),
      inDomain: inDomain,
      properties: CompoundProperties(
        molecularWeight: 46.069, logP: -0.0014, polarSurfaceArea: 20.23, donors: 1, acceptors: 1,
        rotatableBonds: 0, drugLikeness: 0.4068),
      alerts: alerts, scaffold: scaffold, atomContributions: contributions, reason: reason)
  }

  static func assessment(model: Double = 0.7, baseline: Double = 0.9) -> ModelAssessment {
    func contender(_ name: String, _ role: Contender.Role, _ value: Double) -> Contender {
      Contender(
        name: name, role: role,
        metrics: [Metric(name: "RMSE", value: value, low: value - 0.05, high: value + 0.05)])
    }
    return ModelAssessment(
      name: "A model", split: "A fixed split.", trainingCount: 10,
      test: [
        TestPrediction(
          measured: 6, prediction: PredictedValue(value: 6.5, uncertainty: 1, lower: 5, upper: 8))
      ],
      contenders: [
        contender("Ours", .model, model), contender("Nearest neighbour", .baseline, baseline),
      ],
      calibration: [CoverageLevel(nominal: 0.9, observed: 0.88)],
      coverage90: Metric(name: "coverage", value: 0.91))
  }

  static func report(
    hits: [Hit], drawings: [String: String] = [:], model: ModelAssessment = assessment(),
    refused: [RefusedCount] = [], warnings: [String] = []
  ) -> ScreenReport {
    var scores = ValueHistogram(from: 4, to: 10, bins: 12)
    for hit in hits { scores.add(hit.prediction.value) }
    return ScreenReport(
      title: "A screen", target: "A target", endpoint: ReportEndpoint(name: "pKi", unit: "log"),
      hits: hits, drawings: drawings,
      tally: ScreenTally(read: 1_234_567, scored: 1_234_000, refused: refused), scores: scores,
      librarySample: hits.map(\.properties), model: model, warnings: warnings)
  }

  /// Texts by which a stranger's file could try to break out of the page.
  static let hostile = [
    "</script><img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>", "' onfocus='alert(1)",
    "</style><script>alert(1)</script>", "<!-- ", "]]>", "&lt;b&gt;", "a\u{0}b\u{1b}[31mc",
    "javascript:alert(1)", "\u{202E}gnp.exe", "{{id}}", "`${alert(1)}`",
  ]
}
