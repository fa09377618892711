/// What a measured concentration means; each kind is kept apart unless asked otherwise.
public enum ActivityEndpoint: String, CaseIterable, Codable, CodingKeyRepresentable, Hashable,
  Sendable
{
  /// The inhibition constant.
  case ki
  /// The concentration of half inhibition, which depends on the assay's substrate.
  case ic50
  /// The dissociation constant.
  case kd
  /// The concentration of half effect, of an agonist or of an antagonist.
  case ec50

  /// The name on the logarithmic scale, such as `pIC50`.
  public var logarithmicName: String {
    switch self {
    case .ki: "pKi"
    case .ic50: "pIC50"
    case .kd: "pKd"
    case .ec50: "pEC50"
    }
  }

  /// What such a value says of the target's activity where the source says nothing.
  public var usualDirection: AssayDirection {
    switch self {
    case .ki, .ic50: .inhibition
    case .kd: .binding
    case .ec50: .unknown
    }
  }
}

/// What a compound does to its target in an assay.
public enum AssayDirection: String, CaseIterable, Codable, Hashable, Sendable {
  /// Lowers its activity.
  case inhibition
  /// Binds to it; whether that lowers or raises its activity is not said.
  case binding
  /// Raises its activity.
  case activation
  /// Not said.
  case unknown
}
