/// Why trees could not be grown or read.
public enum BoostingError: Error, Hashable, Sendable {
  /// XGBoost refused; the payload is its own reason.
  case library(String)
  /// A setting makes no sense.
  case setting(String)
  /// Labels, weights and rows do not fit together, or hold numbers that are none.
  case data(String)
  /// Bytes are no model that XGBoost wrote as JSON, or a model that makes no sense.
  case model(String)
}

extension BoostingError: CustomStringConvertible {
  /// One line for a person.
  public var description: String {
    switch self {
    case .library(let reason): "XGBoost: \(reason)"
    case .setting(let reason): reason
    case .data(let reason): reason
    case .model(let reason): "not a usable model of trees: \(reason)"
    }
  }
}
