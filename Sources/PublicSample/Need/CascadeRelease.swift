public import Governance

/// What of a cascade may be told: a step whose people, or whose others, are too few is kept back.
public struct CascadeRelease: Hashable, Sendable {
  /// Whether the prevalence may be told, and with it the standardised one.
  public let prevalence: Bool
  /// Whether the treated share may.
  public let treated: Bool
  /// Whether the controlled share may.
  public let controlled: Bool
  /// Whether the unmet need may.
  public let unmet: Bool

  /// Nothing.
  static let nothing = CascadeRelease(
    prevalence: false, treated: false, controlled: false, unmet: false)

  /// Judges the cascades of one sample together.
  ///
  /// Within a disease each step cuts the people further, and ``QueryGuard`` answers step by step;
  /// prevalence first. Between diseases, of two groups of which one lies in the other the smaller is
  /// kept back where their difference is small. Differences of more than two groups are not looked
  /// for.
  public static func judge(
    _ cascades: [TreatmentCascade], rows: Int, rule: MinimumCell = MinimumCell()
  ) -> [CascadeRelease] {
    var told: [Set<Int>] = []
    return cascades.map { cascade in
      var guardian = QueryGuard(counts: [Int](repeating: 1, count: rows), rule: rule)
      func people(_ states: [TreatmentCascade.State]) -> Set<Int> {
        Set(states.flatMap { cascade.states[$0] ?? [] })
      }
      func allows(_ group: Set<Int>) -> Bool {
        guard !group.isEmpty, case .count = guardian.ask(group) else { return false }
        let isApart = told.allSatisfy { other in
          let common = other.intersection(group).count
          guard common == min(other.count, group.count) else { return true }
          let difference = abs(other.count - group.count)
          return difference == 0 || difference >= rule.minimum
        }
        if isApart { told.append(group) }
        return isApart
      }
      let diagnosed = people([.untreated, .uncontrolled, .controlled, .unknown])
      guard allows(diagnosed) else { return .nothing }
      let (untreated, known) = (people([.untreated]), people([.uncontrolled, .controlled]))
      let isTreatedTold = untreated.isEmpty || allows(untreated)
      let isKnownTold = isTreatedTold && allows(known)
      let isControlTold =
        cascade.definition.control == nil ? false : isKnownTold && allows(people([.controlled]))
      return CascadeRelease(
        prevalence: true,
        treated: cascade.definition.drugs != nil && isTreatedTold && !untreated.isEmpty,
        controlled: isControlTold,
        unmet: cascade.definition.control == nil ? isTreatedTold && isKnownTold : isControlTold)
    }
  }
}
