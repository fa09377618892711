/// What somebody wants to do with people's data: what is not said is not done.
public struct Purpose: Hashable, Codable, Sendable {
  /// The kind of work.
  public enum Aim: String, Codable, CaseIterable, Sendable {
    /// Research on health, biology of disease, drugs.
    case health
    /// Research on named diseases; health research too.
    case disease
    /// Research of any other kind.
    case general
    /// Origins and ancestry of populations.
    case ancestry
    /// Development of methods that are not for one disease.
    case methods
    /// Care of patients, not research.
    case care
  }

  /// The kind of work.
  public var aim: Aim
  /// The diseases, each with its ancestors in the ontology, or a consent to an ancestor is missed.
  public var diseases: Set<String>
  /// Kinds of research by name, for consents to named kinds only.
  public var researchTypes: Set<String>
  /// Whether it is a genetic study.
  public var isGenetic: Bool
  /// Whether the institution works for profit.
  public var isForProfit: Bool
  /// Whether the use is commercial.
  public var isCommercial: Bool
  /// Whether results will be published.
  public var willPublish: Bool
  /// Whether the data's owners take part.
  public var isCollaboration: Bool
  /// Whether an ethics committee approved.
  public var hasEthicsApproval: Bool
  /// Whether derived data are returned.
  public var willReturnResults: Bool
  /// The country, by ISO 3166.
  public var country: String
  /// Who asks.
  public var user: String
  /// For which project.
  public var project: String
  /// For which institution.
  public var institution: String
  /// The day of use, `2026-11-25`.
  public var day: String
  /// The first day of publication.
  public var publicationDay: String

  /// A purpose of which nothing is promised yet.
  public init(aim: Aim, day: String) {
    self.aim = aim
    diseases = []
    researchTypes = []
    isGenetic = false
    isForProfit = true
    isCommercial = true
    willPublish = false
    isCollaboration = false
    hasEthicsApproval = false
    willReturnResults = false
    (country, user, project, institution) = ("", "", "", "")
    self.day = day
    publicationDay = day
  }

  /// Whether a text is a day as in `2026-11-25`, which can be compared as it stands.
  public static func isDay(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    return parts.map(\.utf8.count) == [4, 2, 2]
      && parts.allSatisfy { $0.utf8.allSatisfy { (48...57).contains($0) } }
  }
}
