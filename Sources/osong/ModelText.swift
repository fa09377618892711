import Campaigns
import PropertyModels
import Provenance
import Screening

/// A contradiction in a line.
enum ContradictionText {
  static func line(_ contradiction: Contradiction) -> String {
    let values = contradiction.values.map { $0.fixed(2) }.joined(separator: ", ")
    let kept = contradiction.kept.map { "kept \($0.fixed(2))" } ?? "none kept"
    return "\(contradiction.task) of \(contradiction.smiles): \(values); \(kept)"
  }
}

/// A model's test in a few lines.
enum ModelText {
  static func lines(of card: ModelCard) -> [String] {
    var lines: [String] = []
    for performance in card.performance + card.baselines {
      let measures = performance.measures.map { measure -> String in
        let value = measure.value?.fixed(3) ?? "undefined"
        guard let low = measure.lower, let high = measure.upper else {
          return "\(measure.metric) \(value)"
        }
        return "\(measure.metric) \(value) [\(low.fixed(3))–\(high.fixed(3))]"
      }
      lines.append("  \(performance.model): " + measures.joined(separator: "  "))
    }
    if let calibration = card.calibration, let observed = calibration.observedCoverage {
      lines.append(
        "  90 % intervals held \((observed * 100).fixed(1)) % of \(calibration.count) test values")
    }
    return lines
  }
}
