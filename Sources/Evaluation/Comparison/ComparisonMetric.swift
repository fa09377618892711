/// A metric by its name in suites and on the command line.
public enum ComparisonMetric: String, Codable, Hashable, Sendable, CaseIterable {
  /// The mean absolute error.
  case mae
  /// The root of the mean squared error.
  case rmse
  /// The explained share of the variance.
  case r2
  /// Pearson's correlation.
  case pearson
  /// Spearman's rank correlation.
  case spearman
  /// Kendall's tau-b.
  case kendall
  /// The area under the receiver operating characteristic.
  case rocAUC = "roc-auc"
  /// Average precision.
  case prAUC = "pr-auc"
  /// Early recognition with alpha 20.
  case bedroc = "bedroc-20"
  /// The enrichment factor of the first 1 %.
  case enrichment1 = "ef-1"
  /// The enrichment factor of the first 5 %.
  case enrichment5 = "ef-5"
  /// Matthews' correlation at one half.
  case mcc
  /// The mean squared error of probabilities.
  case brier

  private var numbers: RegressionMetric? {
    switch self {
    case .mae: .mae
    case .rmse: .rmse
    case .r2: .r2
    case .pearson: .pearson
    case .spearman: .spearman
    case .kendall: .kendall
    default: nil
    }
  }

  private var classes: ClassificationMetric? {
    switch self {
    case .rocAUC: .rocAUC
    case .prAUC: .averagePrecision
    case .bedroc: .bedroc20
    case .enrichment1: .enrichment(fraction: 0.01, ties: .mean)
    case .enrichment5: .enrichment(fraction: 0.05, ties: .mean)
    case .mcc: .mcc(threshold: 0.5)
    case .brier: .brier
    default: nil
    }
  }

  /// Whether it judges classes, or else numbers.
  public var isOfClasses: Bool { classes != nil }

  /// The name in tables.
  public var name: String { numbers?.name ?? classes?.name ?? rawValue }

  /// Whether a higher value is better.
  public var higherIsBetter: Bool {
    numbers?.higherIsBetter ?? classes?.higherIsBetter ?? true
  }

  /// Whether the value carries the unit of the endpoint.
  public var hasUnit: Bool { numbers?.hasUnit ?? false }

  /// The value; nil where it is undefined.
  ///
  /// - Parameter measured: numbers, or 1 for an active and 0 for an inactive.
  public func value(predicted: [Double], measured: [Double]) -> Double? {
    if let numbers { return numbers.value(predicted: predicted, measured: measured) }
    return classes?.value(scores: predicted, labels: measured.map { $0 == 1 })
  }

  /// The smallest difference that a chemist would notice, where nobody said otherwise.
  ///
  /// Errors are judged by their share of the better model's error: 5 %. The others by an absolute
  /// difference: 0.02 of an area or a correlation, 1 of an enrichment factor.
  public func practicalMargin(beside value: Double) -> Double {
    switch self {
    case .mae, .rmse, .brier: 0.05 * abs(value)
    case .enrichment1, .enrichment5: 1
    default: 0.02
    }
  }
}
