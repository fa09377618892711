/// How good scores are at telling actives from inactives.
///
/// A metric is nil where it is undefined: the case says when. All are nil where a score is not
/// finite, or where there are no rows; the probability metrics also where a score lies outside 0
/// to 1.
public enum ClassificationMetric: Codable, Hashable, Sendable {
  /// The area under the receiver operating characteristic; undefined with one class.
  case rocAUC
  /// Average precision, the step area under precision and recall; undefined without actives.
  case averagePrecision
  /// The trapezoid area under precision and recall; undefined without actives.
  case trapezoidPRAUC
  /// Matthews' correlation of the calls at a threshold; 0 with one class.
  case mcc(threshold: Double)
  /// The mean share found of both classes at a threshold; undefined with one class.
  case balancedAccuracy(threshold: Double)
  /// The harmonic mean of precision and recall at a threshold; undefined where nothing is active
  /// and nothing called so.
  case f1(threshold: Double)
  /// The mean squared error of probabilities.
  case brier
  /// The mean negative log-likelihood of probabilities, in nats.
  case logLoss
  /// The expected calibration error of probabilities over equally wide bins.
  case calibrationError(bins: Int)
  /// Early recognition, scaled to 0 to 1; undefined with one class.
  case bedroc(alpha: Double, ties: TieRule)
  /// Robust initial enhancement; undefined without actives.
  case rie(alpha: Double, ties: TieRule)
  /// The enrichment factor in the first fraction of the list; undefined without actives.
  case enrichment(fraction: Double, ties: TieRule)

  /// BEDROC with the usual alpha of 20, which puts 80 % of the weight on the first 8 % of the list.
  public static let bedroc20 = ClassificationMetric.bedroc(alpha: 20, ties: .mean)
  /// The metrics of a report, in its order.
  public static let usual: [ClassificationMetric] = [
    .rocAUC, .averagePrecision, .bedroc20, .enrichment(fraction: 0.01, ties: .mean),
    .enrichment(fraction: 0.05, ties: .mean), .mcc(threshold: 0.5), .brier,
    .calibrationError(bins: 10),
  ]

  /// The value for scores and the classes of the same rows.
  /// - Complexity: O(n log n)
  public func value(scores: [Double], labels: [Bool]) -> Double? {
    precondition(scores.count == labels.count, "\(scores.count) scores, \(labels.count) labels")
    guard !scores.isEmpty, scores.allSatisfy(\.isFinite) else { return nil }
    switch self {
    case .rocAUC: return ThresholdCurve(scores: scores, labels: labels)?.rocArea
    case .averagePrecision: return ThresholdCurve(scores: scores, labels: labels)?.averagePrecision
    case .trapezoidPRAUC: return ThresholdCurve(scores: scores, labels: labels)?.trapezoidArea
    case .mcc(let limit):
      return ConfusionTable(scores: scores, labels: labels, threshold: limit).matthewsCorrelation
    case .balancedAccuracy(let limit):
      return ConfusionTable(scores: scores, labels: labels, threshold: limit).balancedAccuracy
    case .f1(let limit): return ConfusionTable(scores: scores, labels: labels, threshold: limit).f1
    case .brier, .logLoss, .calibrationError: return probabilityValue(scores, labels)
    case .bedroc(let alpha, let ties):
      return RankedList(scores: scores, labels: labels, ties: ties)
        .flatMap { EarlyRecognition.bedroc($0, alpha: alpha) }
    case .rie(let alpha, let ties):
      return RankedList(scores: scores, labels: labels, ties: ties)
        .flatMap { EarlyRecognition.rie($0, alpha: alpha) }
    case .enrichment(let fraction, let ties):
      return RankedList(scores: scores, labels: labels, ties: ties)
        .flatMap { EarlyRecognition.enrichment($0, fraction: fraction) }
    }
  }

  private func probabilityValue(_ scores: [Double], _ labels: [Bool]) -> Double? {
    guard scores.allSatisfy({ (0...1).contains($0) }) else { return nil }
    return switch self {
    case .brier: ProbabilityScores.brier(scores, labels)
    case .logLoss: ProbabilityScores.logLoss(scores, labels)
    case .calibrationError(let bins):
      ProbabilityScores.calibrationError(scores, labels, bins: bins)
    default: nil
    }
  }
}

extension ClassificationMetric {
  /// The name in tables.
  public var name: String {
    switch self {
    case .rocAUC: "ROC-AUC"
    case .averagePrecision: "average precision"
    case .trapezoidPRAUC: "PR-AUC (trapezoid)"
    case .mcc(let threshold): "MCC at \(threshold)"
    case .balancedAccuracy(let threshold): "balanced accuracy at \(threshold)"
    case .f1(let threshold): "F1 at \(threshold)"
    case .brier: "Brier score"
    case .logLoss: "log loss"
    case .calibrationError(let bins): "ECE (\(bins) bins)"
    case .bedroc(let alpha, let ties): "BEDROC(\(Self.short(alpha)))\(Self.suffix(ties))"
    case .rie(let alpha, let ties): "RIE(\(Self.short(alpha)))\(Self.suffix(ties))"
    case .enrichment(let fraction, let ties):
      "EF \(Self.short(fraction * 100)) %\(Self.suffix(ties))"
    }
  }

  /// Whether a higher value is better.
  public var higherIsBetter: Bool {
    switch self {
    case .brier, .logLoss, .calibrationError: false
    default: true
    }
  }

  private static func short(_ number: Double) -> String {
    number == number.rounded() ? String(Int(number)) : String(number)
  }

  private static func suffix(_ ties: TieRule) -> String {
    ties == .mean ? "" : " [ties: \(ties.rawValue)]"
  }
}
