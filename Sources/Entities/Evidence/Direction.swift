/// What a genetic change does to its gene's product.
public enum DirectionOnTarget: String, Codable, CaseIterable, Sendable {
  /// Less or no function.
  case lossOfFunction = "LoF"
  /// More or new function.
  case gainOfFunction = "GoF"
  /// Not known.
  case unknown
}

/// What that change does to the trait.
public enum DirectionOnTrait: String, Codable, CaseIterable, Sendable {
  /// It brings the disease, or raises its risk.
  case risk
  /// It protects.
  case protective
  /// Not known.
  case unknown
}

/// What a drug would have to do to the target.
public enum Modulation: String, Codable, CaseIterable, Sendable {
  /// Lower its activity.
  case inhibit
  /// Raise its activity.
  case activate
  /// Not known.
  case unknown

  /// A drug imitates what protects and undoes what harms.
  public init(_ target: DirectionOnTarget, _ trait: DirectionOnTrait) {
    switch (target, trait) {
    case (.lossOfFunction, .protective), (.gainOfFunction, .risk): self = .inhibit
    case (.lossOfFunction, .risk), (.gainOfFunction, .protective): self = .activate
    default: self = .unknown
    }
  }

  /// The other direction; unknown stays unknown.
  public var opposite: Modulation {
    switch self {
    case .inhibit: .activate
    case .activate: .inhibit
    case .unknown: .unknown
    }
  }
}
