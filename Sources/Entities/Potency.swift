import Foundation

/// How strongly a compound acts, on the scale the field compares on.
public struct Potency: Hashable, Codable, Comparable, Sendable {
  /// −log₁₀ of the concentration in mol/L: 9 is one nanomolar, larger is stronger.
  public let pChEMBL: Double

  /// A potency on the logarithmic scale.
  public init(pChEMBL: Double) { self.pChEMBL = pChEMBL }

  /// A Ki, IC50 or EC50 in nmol/L; nil unless it is a positive number.
  public init?(nanomolar: Double) {
    guard nanomolar > 0, nanomolar.isFinite else { return nil }
    pChEMBL = 9 - log10(nanomolar)
  }

  /// Orders from weak to strong.
  public static func < (left: Potency, right: Potency) -> Bool { left.pChEMBL < right.pChEMBL }
}
