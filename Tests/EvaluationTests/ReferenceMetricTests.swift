import Evaluation
import Testing

@Suite("Metrics against references", .enabled(if: ReferenceVector.isThere, "no reference data"))
struct ReferenceMetricTests {
  static let classification: [(String, ClassificationMetric)] =
    [
      ("roc_auc", .rocAUC), ("average_precision", .averagePrecision),
      ("pr_auc_trapezoid", .trapezoidPRAUC), ("mcc_at_0.5", .mcc(threshold: 0.5)),
      ("balanced_accuracy_at_0.5", .balancedAccuracy(threshold: 0.5)),
      ("f1_at_0.5", .f1(threshold: 0.5)), ("brier", .brier), ("log_loss_clip_1e-15", .logLoss),
      ("ece_10_equal_width", .calibrationError(bins: 10)),
    ]
    + [
      ("tie_expected", TieRule.mean), ("rdkit_stable_order", .inputOrder),
      ("ties_optimistic", .activesFirst), ("ties_pessimistic", .activesLast),
    ].flatMap { suffix, ties -> [(String, ClassificationMetric)] in
      [
        ("rie20_\(suffix)", .rie(alpha: 20, ties: ties)),
        ("bedroc20_\(suffix)", .bedroc(alpha: 20, ties: ties)),
        ("ef1_\(suffix)", .enrichment(fraction: 0.01, ties: ties)),
        ("ef5_\(suffix)", .enrichment(fraction: 0.05, ties: ties)),
      ]
    }

  static let regression: [(String, RegressionMetric)] = [
    ("spearman_ytrue_ypred", .spearman), ("pearson", .pearson), ("kendall_tau_b", .kendall),
    ("rmse", .rmse), ("mae", .mae), ("r2", .r2),
  ]

  /// Where RDKit prints a number for something undefined, and we say nil: a list without actives
  /// has no enrichment, and a list of actives only has no early ones.
  static func isUndefined(_ key: String, _ vector: String) -> Bool {
    let early = ["rie20", "bedroc20", "ef1", "ef5"].contains { key.hasPrefix($0 + "_") }
    return vector == "no_active" ? early : vector == "all_active" && key.hasPrefix("bedroc20")
  }

  @Test func `every value agrees to 1e-9`() throws {
    let vectors = try ReferenceVector.all()
    #expect(vectors.count == 20)
    var compared = 0
    for vector in vectors {
      for (key, metric) in Self.classification {
        let value = metric.value(scores: vector.scores, labels: vector.labels)
        compared += Self.compare(key, value, in: vector)
      }
      for (key, metric) in Self.regression {
        let value = metric.value(predicted: vector.predicted, measured: vector.measured)
        compared += Self.compare(key, value, in: vector)
      }
    }
    #expect(compared > 580)
  }

  /// Compares one value; 1 where there was a number to compare.
  private static func compare(
    _ key: String, _ value: Double?, in vector: ReferenceVector
  ) -> Int {
    guard let expected = vector.expected[key] else {
      // No active or all active: scikit-learn warns about the curve instead of giving an area.
      if key != "pr_auc_trapezoid" { #expect(value == nil, "\(key) of \(vector.name)") }
      return 0
    }
    if isUndefined(key, vector.name) {
      #expect(value == nil, "\(key) of \(vector.name)")
      return 0
    }
    let difference = value.map { abs($0 - expected) } ?? .infinity
    #expect(difference < 1e-9, "\(key) of \(vector.name): \(String(describing: value))")
    return 1
  }
}
