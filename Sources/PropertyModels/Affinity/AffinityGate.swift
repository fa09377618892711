import Statistics

/// Whether two towers may rank compounds for proteins that nobody has measured.
///
/// Only where they ranked the compounds of hidden proteins surely better than everything that needs no
/// learning: of the difference of the concordance indices, protein by protein, the mean over proteins
/// has an interval above zero against each trivial answer. Families are drawn, not proteins, since
/// relatives fare alike. And only for proteins that are as near to a training protein as those on
/// which that was seen.
public struct AffinityGate: Codable, Hashable, Sendable {
  /// The fewest hidden proteins that say something.
  public var fewestProteins = 20
  /// The fewest families that they are of.
  public var fewestFamilies = 10
  /// How often the intervals hold the true value.
  public var confidence = 0.95
  /// How often families are drawn.
  public var replicates = 2_000
  /// The share of the hidden proteins that are as near as a protein must be.
  public var shareInside = 0.95

  /// The usual gate.
  public init() {}

  /// What a validation says of one kind of compounds.
  public func decision(
    on validation: ColdValidation, for compounds: ColdProtein.Compounds
  ) -> AffinityDecision {
    let proteins = validation.proteins.filter { $0.ranking(of: compounds) != nil }
    let all = summary(proteins, compounds, seed: validation.plan.seed)
    guard proteins.count >= fewestProteins, all.families >= fewestFamilies else {
      return AffinityDecision(compounds, all, level: nil)
    }
    guard all.isAhead else { return AffinityDecision(compounds, all, level: nil) }
    // Near relatives could carry the rest: the farther half must stand by itself, or only the nearer
    // half has shown anything.
    let cosines = proteins.map(\.cosine).sorted()
    let middle = cosines[cosines.count / 2]
    let far = summary(
      proteins.filter { $0.cosine < middle }, compounds, seed: validation.plan.seed)
    let rank = Int((1 - shareInside) * Double(cosines.count))
    return AffinityDecision(compounds, all, level: far.isAhead ? cosines[rank] : middle)
  }

  private func summary(
    _ proteins: [ColdProtein], _ compounds: ColdProtein.Compounds, seed: UInt64
  ) -> ColdSummary {
    let rankings = proteins.compactMap { $0.ranking(of: compounds) }
    var groups: [[Int]] = []
    var place: [Int: Int] = [:]
    for (row, protein) in proteins.enumerated() {
      if let own = place[protein.family] {
        groups[own].append(row)
      } else {
        place[protein.family] = groups.count
        groups.append([row])
      }
    }
    func mean(_ values: [Double]) -> ColdSummary.Estimate? {
      guard !values.isEmpty else { return nil }
      let bootstrap = Bootstrap(replicates: replicates, confidence: confidence, seed: seed)
      let drawn = (0..<replicates).map { number -> Double? in
        var (sum, count) = (0.0, 0)
        for group in bootstrap.rows(ofReplicate: number, count: groups.count) {
          for row in groups[group] { sum += values[row] }
          count += groups[group].count
        }
        return sum / Double(count)
      }
      let value = values.reduce(0, +) / Double(values.count)
      guard let interval = bootstrap.interval(estimate: value, replicates: drawn) else {
        return nil
      }
      return ColdSummary.Estimate(value: value, lower: interval.lower, upper: interval.upper)
    }
    let ranked = rankings.compactMap(\.spearman)
    return ColdSummary(
      proteins: proteins.count, families: groups.count,
      concordance: mean(rankings.map(\.towers)),
      spearman: ranked.count == rankings.count ? mean(ranked) : nil,
      rivals: ColdProtein.TrivialAnswer.allCases.compactMap { answer in
        // An answer that is missing for a protein is one by chance.
        let own = rankings.map { $0.trivial[answer] ?? 0.5 }
        guard let value = mean(own), let ahead = mean(zip(rankings, own).map { $0.towers - $1 })
        else { return nil }
        return ColdSummary.Rival(answer: answer, concordance: value, ahead: ahead)
      })
  }
}
