public import Entities
import Foundation
import Statistics

/// The targets of a disease in the order of their support, each with a decision and its reasons.
///
/// Two numbers stand side by side: Open Targets' score, so that others can compare, and the relative
/// success of past programmes with support of that kind, which has a meaning and an interval. Sources
/// that look at the same people are not multiplied: the strongest kind counts.
public struct TargetRanking: Sendable {
  /// What past programmes say support is worth.
  public var scale = GeneticSupport.minikel2024
  /// The share of the stronger direction's support from which the weaker one makes it contested.
  public var contestedShare = 0.5
  /// The least score with which a target may go, unless its effects are sure by themselves.
  public var leastScore = 0.1
  /// The p of all effects together, by Cauchy's combination, from which they are sure.
  public var largestPValue = 0.01
  /// What is known besides.
  public var context = TargetContext()

  /// A ranking with the usual limits.
  public init(context: TargetContext = TargetContext()) { self.context = context }

  /// The targets of a disease.
  ///
  /// - Parameter wanted: what the screen looks for; nil where any direction will do.
  public func rank(
    _ evidence: [(id: String, record: EvidenceRecord)], disease: String,
    wanted: Modulation? = nil
  ) throws(EvidenceError) -> [RankedTarget] {
    let own = evidence.filter { $0.record.disease.id == disease }
    guard !own.isEmpty else {
      throw .unknownDisease(disease, near: Self.near(disease, evidence.map(\.record.disease)))
    }
    let harms = Dictionary(
      grouping: evidence.map(\.record).filter {
        $0.disease.id != disease && $0.source.datasource == DrugEffectEvidence.harm
      }, by: \.target.symbol)
    return Dictionary(grouping: own, by: \.record.target.symbol).values
      .map { judge($0, harms: harms[$0[0].record.target.symbol] ?? [], wanted: wanted) }
      .sorted { one, other in
        let (a, b) = (Self.order(one.decision), Self.order(other.decision))
        if a != b { return a < b }
        return one.score != other.score
          ? one.score > other.score : one.target.symbol < other.target.symbol
      }
  }

  private func judge(
    _ unordered: [(id: String, record: EvidenceRecord)], harms: [EvidenceRecord],
    wanted: Modulation?
  ) -> RankedTarget {
    let evidence = unordered.sorted {
      $0.record.score != $1.record.score ? $0.record.score > $1.record.score : $0.id < $1.id
    }
    let records = evidence.map(\.record)
    var support: [Modulation: Double] = [:]
    for direction in Modulation.allCases {
      support[direction] = Self.score(records.filter { $0.requiredModulation == direction })
    }
    let (inhibit, activate) = (support[.inhibit] ?? 0, support[.activate] ?? 0)
    let isContested =
      min(inhibit, activate) > 0
      && min(inhibit, activate) >= contestedShare * max(inhibit, activate)
    let modulation: Modulation =
      isContested || inhibit == activate ? .unknown : inhibit > activate ? .inhibit : .activate
    let score = Self.score(records)
    let symbol = records[0].target.symbol
    var reasons: [String] = []
    let decision = decide(
      symbol, records, score, modulation, isContested: isContested, wanted: wanted,
      reasons: &reasons)
    reasons += Self.care(harms, modulation)
    return RankedTarget(
      target: records[0].target, modulation: modulation, score: score,
      relativeSuccess: success(records), decision: decision, reasons: reasons, support: support,
      detours: detours(symbol, modulation), evidence: evidence)
  }

  /// What drugs that move a target this way did to people besides.
  ///
  /// It is to be known, and no reason to let go of a target: what a statin may do to muscle speaks neither for nor against its effect on the
  /// heart.
  private static func care(_ harms: [EvidenceRecord], _ modulation: Modulation) -> [String] {
    harms.filter { $0.requiredModulation == modulation.opposite && modulation != .unknown }
      .sorted { ($1.score, $0.disease.id) < ($0.score, $1.disease.id) }
      .map { record in
        let drug = record.statistic.drug.map { " (\($0))" } ?? ""
        let effect = record.statistic.beta.map { beta in
          ", \(record.statistic.effectScale ?? "effect") \(short(beta))"
        }
        return "care: users of a drug that moves it so\(drug) had more "
          + "\(record.disease.name)\(effect ?? "")"
      }
  }

  private func decide(
    _ symbol: String, _ records: [EvidenceRecord], _ score: Double, _ modulation: Modulation,
    isContested: Bool, wanted: Modulation?, reasons: inout [String]
  ) -> TargetDecision {
    var decision = TargetDecision.go
    func hold(_ reason: String) {
      reasons.append(reason)
      if decision == .go { decision = .hold }
    }
    if isContested {
      hold("its direction is contested: some evidence asks to inhibit it, some to activate it")
    } else if modulation == .unknown {
      hold("its direction is not known")
    } else if let wanted, wanted != .unknown, wanted != modulation {
      let cause =
        modulation == .activate
        ? "losing its function brings the disease or raises its risk"
        : "its gain of function brings the disease or raises its risk"
      reasons.append("it must not be \(wanted == .inhibit ? "inhibited" : "activated"): \(cause)")
      decision = .noGo
    } else {
      reasons.append(
        modulation == .inhibit
          ? "it should be inhibited: " + why(.inhibit, records)
          : "it should be activated: " + why(.activate, records))
    }
    if score < leastScore, (combinedPValue(records) ?? 1) > largestPValue {
      hold("its support is weak, \(Self.short(score))")
    }
    if !records.contains(where: { $0.reality == .real }) {
      hold("no evidence is of real people")
    }
    if let tractable = context.tractable, !tractable.contains(symbol) {
      hold("no small molecule is known to be feasible")
    }
    for flag in context.safetyFlags[symbol] ?? [] { hold("safety: \(flag)") }
    reasons += Set(records.flatMap(\.remarks)).sorted()
    return decision
  }

  /// One p of all measured effects; studies may share people, which Cauchy's combination allows.
  private func combinedPValue(_ records: [EvidenceRecord]) -> Double? {
    CauchyCombination.pValue(
      records.filter { $0.statistic.beta != nil }
        .compactMap { $0.statistic.calibratedPValue ?? $0.statistic.pValue })
  }

  private func why(_ modulation: Modulation, _ records: [EvidenceRecord]) -> String {
    let causes = records.filter { $0.requiredModulation == modulation }.map { record in
      switch (record.directionOnTarget, record.directionOnTrait) {
      case (.lossOfFunction, .protective): "losing its function protects"
      case (.gainOfFunction, .risk): "its gain of function harms"
      case (.lossOfFunction, .risk): "losing its function harms"
      default: "its gain of function protects"
      }
    }
    return Set(causes).sorted().joined(separator: ", ")
  }

  /// The strongest kind of support; kinds are not multiplied, since they look at the same people.
  private func success(_ records: [EvidenceRecord]) -> (value: Double, interval: Interval)? {
    let genetic = records.filter { $0.source.datatype == "genetic_association" }
    let found = genetic.compactMap { record in
      scale.logSuccess(Self.kind(of: record.source.datasource), score: record.score)
    }
    guard let best = found.max(by: { $0.value < $1.value }) else { return nil }
    let reach = Normal.point(ofShare: 0.975) * best.standardError
    return (
      exp(best.value),
      Interval(
        lower: exp(best.value - reach), upper: exp(best.value + reach), confidence: 0.95)
    )
  }

  private func detours(_ symbol: String, _ modulation: Modulation) -> [RankedTarget.Detour] {
    guard modulation != .unknown else { return [] }
    return context.edges.filter { $0.target == symbol }.map { edge in
      RankedTarget.Detour(
        target: edge.source, modulation: edge.modulation(of: edge.source, for: modulation),
        edge: edge)
    }
  }

  static func score(_ records: [EvidenceRecord]) -> Double {
    HarmonicSum.overall(
      bySource: Dictionary(grouping: records, by: \.source.datasource)
        .mapValues { $0.map(\.score) })
  }

  private static func kind(of datasource: String) -> GeneticSupport.Kind {
    switch datasource {
    case "rare_disease_cases", "mechanism_literature": .mendelian
    case "gene_burden", "published_burden": .burden
    case "mendelian_randomisation", "gwas_credible_sets": .association
    default: .other
    }
  }

  private static func order(_ decision: TargetDecision) -> Int {
    switch decision {
    case .go: 0
    case .hold: 1
    case .noGo: 2
    }
  }

  private static func short(_ value: Double) -> String { "\((value * 1000).rounded() / 1000)" }

  /// Diseases whose name or code begins alike, for who mistyped.
  private static func near(_ id: String, _ diseases: [EvidenceDisease]) -> [String] {
    let word = id.lowercased()
    let found = diseases.filter {
      $0.name.lowercased().contains(word) || $0.id.lowercased().hasPrefix(word.prefix(8))
    }
    return Array(Set(found.map { "\($0.id) (\($0.name))" }).sorted().prefix(5))
  }
}
