import Entities
import Foundation
import PropertyModels

/// A label as tables write it: `5.2`, or a bound such as `>10000`.
enum LabelText {
  /// The label, on the scale of the endpoint; an empty text is a missing one.
  ///
  /// - Parameter relation: what a column of relations says, such as `<`; empty for nothing.
  static func label(
    _ text: String, relation: String = "", column: String, scale: ValueScale
  ) throws(Refusal) -> TaskLabel? {
    let text = text.trimmingCharacters(in: .whitespaces)
    if text.isEmpty { return nil }
    let sign = text.prefix { "<>=≤≥~".contains($0) }
    let given = sign.isEmpty ? relation.trimmingCharacters(in: .whitespaces) : String(sign)
    let number = text.dropFirst(sign.count).trimmingCharacters(in: .whitespaces)
    guard let relation = Self.relation(given),
      let value = Double(number).flatMap({ scale.value($0) })
    else { throw .notANumber(column: column, text: String(text.prefix(40))) }
    return TaskLabel(value, scale == .nanomolar ? flipped(relation) : relation)
  }

  /// `=` and `~` are taken as exact; nil for what is no relation.
  private static func relation(_ text: String) -> TaskLabel.Relation? {
    switch text {
    case "", "=", "~", "==", "'='": .equal
    case "<", "<=", "≤", "<<", "'<'", "'<='": .below
    case ">", ">=", "≥", ">>", "'>'", "'>='": .above
    default: nil
    }
  }

  /// More of a concentration is less of its negative logarithm.
  private static func flipped(_ relation: TaskLabel.Relation) -> TaskLabel.Relation {
    switch relation {
    case .equal: .equal
    case .below: .above
    case .above: .below
    }
  }
}
