public import Entities

/// Walks down a ranking and takes what the plan allows, until enough is taken.
///
/// Filters are looked at from the top of the ranking only, which gives the same answer as filtering
/// the whole library first, for a thousandth of the work.
public struct Selection: Sendable {
  private let plan: ScreeningPlan
  private var takenOfScaffold: [String: Int] = [:]
  /// How many compounds have been taken.
  public private(set) var taken = 0

  /// Starts with nothing taken.
  public init(plan: ScreeningPlan) { self.plan = plan }

  /// Whether the plan's count is reached.
  public var isComplete: Bool { taken >= plan.count }

  /// Takes the candidate, or says why not.
  ///
  /// Candidates must come best first.
  public mutating func consider(_ candidate: Candidate) -> Refusal? {
    precondition(!isComplete, "the selection is complete")
    if let reason = objection(to: candidate) { return .filtered(reason) }
    let scaffold = candidate.profile.scaffold
    if let most = plan.maximumPerScaffold, !scaffold.isEmpty {
      let before = takenOfScaffold[scaffold, default: 0]
      guard before < most else {
        return .filtered("\(before) better compounds already have the scaffold \(scaffold)")
      }
      takenOfScaffold[scaffold] = before + 1
    }
    taken += 1
    return nil
  }

  private func objection(to candidate: Candidate) -> String? {
    let profile = candidate.profile
    for property in CompoundProperty.allCases {
      guard let range = plan.properties[property] else { continue }
      let value = property.value(of: profile.properties)
      if !range.contains(value) {
        return "\(property.rawValue) \(value.fixed(2)) is outside \(range.text)"
      }
    }
    for catalog in plan.excludedAlerts.sorted() {
      if let alert = profile.alerts[catalog]?.first {
        return "structural alert \(catalog.rawValue.uppercased()): \(alert)"
      }
    }
    if let smarts = profile.absentRequired.first { return "lacks the required pattern \(smarts)" }
    if let smarts = profile.presentForbidden.first { return "has the forbidden pattern \(smarts)" }
    if plan.onlyInDomain, !candidate.inDomain {
      return "outside the model's applicability domain"
        + " (nearest measured similarity \(candidate.nearest.similarity.fixed(2)))"
    }
    if let most = plan.maximumSimilarityToMeasured, candidate.nearest.similarity > most {
      return "too close to the measured \(candidate.nearest.id)"
        + " (similarity \(candidate.nearest.similarity.fixed(2)))"
    }
    return nil
  }
}

extension ClosedInterval {
  /// The range as text: `200 to 500`, `at most 5`.
  public var text: String {
    switch (minimum, maximum) {
    case (let low?, let high?): "\(low.shortest) to \(high.shortest)"
    case (let low?, nil): "at least \(low.shortest)"
    case (nil, let high?): "at most \(high.shortest)"
    case (nil, nil): "any"
    }
  }
}
