public import Entities

/// Whether a target may go into a screen.
public enum TargetDecision: String, Codable, CaseIterable, Sendable {
  /// Its direction is known, fits and is supported.
  case go
  /// Something must be found out first.
  case hold
  /// It must not be screened for this.
  case noGo = "no-go"
}

/// What is known of a target besides its evidence.
public struct TargetContext: Sendable {
  /// Targets for which small molecules are feasible; nil where nobody looked.
  public var tractable: Set<String>?
  /// Reasons for care by target.
  public var safetyFlags: [String: [String]]
  /// Cited ways to move a target through its neighbour.
  public var edges: [PathwayEdge]

  /// A context, empty where nothing is said.
  public init(
    tractable: Set<String>? = nil, safetyFlags: [String: [String]] = [:],
    edges: [PathwayEdge] = []
  ) {
    self.tractable = tractable
    self.safetyFlags = safetyFlags
    self.edges = edges
  }
}

/// What one gene's product does to another's, with the publication that showed it.
public struct PathwayEdge: Hashable, Codable, Sendable {
  /// Who acts.
  public let source: String
  /// On whom.
  public let target: String
  /// Whether it raises the other's activity.
  public let activates: Bool
  /// The publication.
  public let citation: String

  /// Describes an effect.
  public init(source: String, target: String, activates: Bool, citation: String) {
    self.source = source
    self.target = target
    self.activates = activates
    self.citation = citation
  }

  /// What has to be done to the source so that the target moves as wanted.
  public func modulation(of source: String, for wanted: Modulation) -> Modulation {
    activates ? wanted : wanted.opposite
  }
}
