import Statistics

/// One coefficient by one way of putting hospitals together, beside the federated fit.
public struct ComparedEffect: Codable, Hashable, Sendable {
  /// The term.
  public let term: String
  /// `federated`, a hospital's name, or a meta-analysis of the hospitals' own estimates.
  public let source: String
  /// The estimate and its standard error.
  public let estimate: Double, standardError: Double
}

extension FederatedRun {
  /// The fit beside the hospitals' own estimates and their meta-analysis in one shot.
  ///
  /// One shot is not the pooled fit: with few events at a hospital its own estimate is biased, and a
  /// mean of biased estimates stays so. It is a check of how alike the hospitals are.
  public var comparison: [ComparedEffect] {
    guard let result else { return [] }
    return result.effects.enumerated().flatMap { column, effect in
      var rows = [
        ComparedEffect(
          term: effect.term, source: "federated", estimate: effect.estimate,
          standardError: effect.standardError)
      ]
      rows += estimates.map {
        ComparedEffect(
          term: effect.term, source: $0.site, estimate: $0.coefficients[column],
          standardError: $0.standardError(column))
      }
      let ways: [(String, MetaAnalysis.Method)] = [
        ("meta-analysis, fixed", .fixed), ("meta-analysis, random", .restrictedLikelihood),
      ]
      for (name, method) in ways {
        let combined = MetaAnalysis(
          effects: estimates.map { $0.coefficients[column] },
          standardErrors: estimates.map { $0.standardError(column) }, method: method)
        guard let combined else { continue }
        rows.append(
          ComparedEffect(
            term: effect.term, source: name, estimate: combined.estimate,
            standardError: combined.standardError))
      }
      return rows
    }
  }
}
