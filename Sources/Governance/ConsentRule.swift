/// Whether a consent allows a purpose: default deny, unknown code deny.
///
/// A permission has to grant it and every modifier has to be kept. The rules are the ontology's
/// definitions; where they leave room the narrower reading holds, since a person cannot be asked
/// again after their data were read.
public enum ConsentRule {
  /// What was decided, and why.
  public enum Decision: Hashable, Sendable {
    /// The data may be read.
    case allowed
    /// They may not; the reasons are sentences.
    case denied([String])

    /// Whether the data may be read.
    public var isAllowed: Bool { self == .allowed }
  }

  /// Decides.
  public static func decide(_ consent: Consent, _ purpose: Purpose) -> Decision {
    if consent.isWithdrawn { return .denied(["consent was withdrawn"]) }
    var reasons = consent.terms.compactMap { term in
      term.code == nil ? "\(term.text) is a code that is not known" : nil
    }
    let known = consent.terms.compactMap { term in term.code.map { ($0, term.details) } }
    if !known.contains(where: { grants($0.0, $0.1, purpose) }) {
      reasons.append("no permission covers \(purpose.aim.rawValue)")
    }
    reasons += known.compactMap { objection($0.0, $0.1, purpose) }
    return reasons.isEmpty ? .allowed : .denied(reasons)
  }

  /// Whether a code by itself gives the permission.
  private static func grants(
    _ code: DataUseCode, _ details: [String], _ purpose: Purpose
  ) -> Bool {
    switch code {
    case .noRestriction: true
    case .generalResearch: purpose.aim != .care
    case .healthResearch: purpose.aim == .health || purpose.aim == .disease
    case .diseaseSpecific:
      purpose.aim == .disease && !purpose.diseases.isDisjoint(with: details)
    case .ancestryOnly: purpose.aim == .ancestry
    case .clinicalCare: purpose.aim == .care
    default: false
    }
  }

  /// What a code has against a purpose; nil where it has nothing.
  private static func objection(
    _ code: DataUseCode, _ details: [String], _ purpose: Purpose
  ) -> String? {
    let isKept: Bool
    switch code {
    case .permission, .modifier: return "\(code.id) is a class of codes and allows nothing"
    case .noRestriction, .generalResearch, .healthResearch, .diseaseSpecific, .clinicalCare:
      return nil
    case .ancestryOnly: isKept = purpose.aim == .ancestry
    case .researchSpecific: isKept = !purpose.researchTypes.isDisjoint(with: details)
    case .noMethods: isKept = purpose.aim != .methods
    case .geneticOnly: isKept = purpose.isGenetic
    case .nonProfitNonCommercial: isKept = !purpose.isForProfit && !purpose.isCommercial
    case .publicationRequired: isKept = purpose.willPublish
    case .collaborationRequired: isKept = purpose.isCollaboration
    case .ethicsApprovalRequired: isKept = purpose.hasEthicsApproval
    case .geographicRestriction: isKept = details.contains(purpose.country)
    // Days are compared as texts, which ISO 8601 allows; without a day there is no end to wait for.
    case .publicationMoratorium:
      isKept = details.first.map { isInOrder($0, purpose.publicationDay) } ?? false
    case .timeLimit: isKept = details.first.map { isInOrder(purpose.day, $0) } ?? false
    case .userSpecific: isKept = details.contains(purpose.user)
    case .projectSpecific: isKept = details.contains(purpose.project)
    case .institutionSpecific: isKept = details.contains(purpose.institution)
    case .returnRequired: isKept = purpose.willReturnResults
    case .noAncestry: isKept = purpose.aim != .ancestry
    case .nonProfitOnly: isKept = !purpose.isForProfit
    case .nonCommercialOnly: isKept = !purpose.isCommercial
    }
    return isKept ? nil : "\(code.id) is not kept"
  }

  /// Whether two days follow one another; what is no day comes neither before nor after one.
  private static func isInOrder(_ earlier: String, _ later: String) -> Bool {
    Purpose.isDay(earlier) && Purpose.isDay(later) && earlier <= later
  }
}
