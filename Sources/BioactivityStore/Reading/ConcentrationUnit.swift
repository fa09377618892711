import Foundation

/// The unit of a reported value.
public enum ConcentrationUnit: Hashable, Sendable {
  /// Of a concentration: how many nmol/L one is.
  case concentration(nanomolar: Double)
  /// −log₁₀ of the concentration in mol/L.
  case negativeLogarithm

  /// The nmol/L.
  public static let nanomolar = ConcentrationUnit.concentration(nanomolar: 1)

  /// Reads a unit such as `nM`, `uM`, `µmol/L` or `pIC50`; nil for masses and anything else.
  ///
  /// A small `m` at the end is read as mol/L (`nm`), since no affinity is a length.
  public init?(text: String) {
    let text = text.trimmingCharacters(in: .whitespaces)
    for suffix in ["mol/L", "mol/l", "mol.L-1", "mol L-1", "M", "m"] where text.hasSuffix(suffix) {
      guard let factor = Self.prefixes[String(text.dropLast(suffix.count))] else { continue }
      self = .concentration(nanomolar: factor)
      return
    }
    guard ["pchembl", "-log(m)", "-log10(m)", "p", "log"].contains(text.lowercased()) else {
      return nil
    }
    self = .negativeLogarithm
  }

  private static let prefixes = [
    "": 1e9, "m": 1e6, "u": 1e3, "µ": 1e3, "μ": 1e3, "n": 1, "p": 1e-3, "f": 1e-6,
  ]

  /// A number of this unit in nmol/L.
  public func nanomolar(_ value: Double) -> Double {
    switch self {
    case .concentration(let factor): value * factor
    case .negativeLogarithm: pow(10, 9 - value)
    }
  }
}

extension ActivityEndpoint {
  /// Reads a type such as `IC50` or `pKi`; the second says whether its numbers are −log₁₀(mol/L).
  static func reading(_ text: String) -> (endpoint: ActivityEndpoint, isLogarithm: Bool)? {
    let name = text.trimmingCharacters(in: .whitespaces).lowercased()
    if let endpoint = ActivityEndpoint(rawValue: name) { return (endpoint, false) }
    guard name.hasPrefix("p"), let endpoint = ActivityEndpoint(rawValue: String(name.dropFirst()))
    else { return nil }
    return (endpoint, true)
  }
}
