/// The score of Open Targets for an association: a harmonic sum of the scores of its evidence.
///
/// Σ sᵢ / i² over the scores from the highest down, divided by the sum that a thousand ones would
/// reach (Koscielny et al., Nucleic Acids Res. 2017; platform documentation, associations). It ranks;
/// it is not a confidence, and its authors say so.
public enum HarmonicSum {
  /// Σ 1/i², i = 1 … 1,000.
  static let normaliser: Double = (1...1000).reversed().reduce(0.0) {
    $0 + 1 / (Double($1) * Double($1))
  }

  /// The score of some evidence; 0 for none, a little above 1 for more than a thousand ones.
  public static func score(_ scores: [Double]) -> Double {
    let ordered = scores.sorted(by: >)
    // The small terms first, so that they are not lost beside the large ones.
    return ordered.indices.reversed().reduce(0.0) { sum, place in
      let rank = Double(place + 1)
      return sum + ordered[place] / (rank * rank)
    } / normaliser
  }

  /// What a data source weighs in the overall score.
  public static func weight(ofSource source: String) -> Double {
    switch source {
    case "europepmc", "expression_atlas", "impc": 0.2
    case "otar", "cancer_biomarkers": 0.5
    default: 1
    }
  }

  /// The overall score: the harmonic sum of the sources' harmonic sums, each by its weight.
  public static func overall(bySource scores: [String: [Double]]) -> Double {
    min(1, score(scores.map { source, scores in weight(ofSource: source) * min(1, score(scores)) }))
  }
}
