import Foundation

/// How the true concentration lies to the number that is reported.
public enum ActivityRelation: String, CaseIterable, Codable, Hashable, Sendable {
  /// It is the number.
  case equal = "="
  /// It is about the number; taken as equal when merged.
  case about = "~"
  /// It is below the number, so the compound is stronger.
  case below = "<"
  /// It is above the number, so the compound is weaker.
  case above = ">"

  /// Reads a relation, also as ChEMBL quotes it (`'>='`); an empty text is `=`, nil is none.
  public init?(text: String) {
    switch text.trimmingCharacters(in: CharacterSet(charactersIn: " '\t")) {
    case "", "=", "==": self = .equal
    case "~", "≈": self = .about
    case "<", "<=", "≤", "<<": self = .below
    case ">", ">=", "≥", ">>": self = .above
    default: return nil
    }
  }

  /// The relation of the negative logarithm, which falls as the concentration rises.
  public var flipped: ActivityRelation {
    switch self {
    case .equal, .about: self
    case .below: .above
    case .above: .below
    }
  }
}

/// One value as reported, brought to nmol/L.
public struct ReportedActivity: Hashable, Sendable {
  /// What the concentration means.
  public let endpoint: ActivityEndpoint
  /// How the true concentration lies to `nanomolar`.
  public let relation: ActivityRelation
  /// The concentration in nmol/L, within `limits`.
  public let nanomolar: Double

  /// The concentrations that are taken, in nmol/L.
  ///
  /// Above 1 mol/L nothing dissolves; below a femtomole in a thousand litres (p > 15) nothing binds.
  public static let limits = 1e-6...1e9

  /// Reads a value such as ` 8.7`, `>10000` or `<=1e3`.
  ///
  /// - Parameters:
  ///   - relation: what a column of relations says, for a value without a sign of its own.
  ///   - unit: of the number; logarithms turn the relation round.
  public init(
    _ text: String, relation: String = "", unit: ConcentrationUnit, endpoint: ActivityEndpoint
  ) throws(ActivityRefusal) {
    let text = text.trimmingCharacters(in: .whitespaces)
    let sign = text.prefix { "<>=≤≥~≈".contains($0) }
    let number = text.dropFirst(sign.count).trimmingCharacters(in: .whitespaces)
    guard let relation = ActivityRelation(text: sign.isEmpty ? relation : String(sign)) else {
      throw ActivityRefusal(.unreadableValue, "relation \(relation)")
    }
    guard let value = Double(number), value.isFinite else {
      throw ActivityRefusal(.unreadableValue, text)
    }
    let nanomolar = unit.nanomolar(value)
    guard Self.limits.contains(nanomolar) else { throw ActivityRefusal(.outOfRange, text) }
    self.endpoint = endpoint
    self.relation = unit == .negativeLogarithm ? relation.flipped : relation
    self.nanomolar = nanomolar
  }
}
