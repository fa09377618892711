/// A version of OMOP's Common Data Model that is read.
public enum ModelVersion: String, CaseIterable, Codable, Hashable, Sendable {
  /// The versions 5.2 to 5.2.2.
  case v5_2 = "5.2"
  /// The versions 5.3 to 5.3.1.
  case v5_3 = "5.3"
  /// The versions from 5.4 to below 5.5.
  case v5_4 = "5.4"

  /// Reads `5.4`, `v5.3.1` or `CDM v5.2.2`; nil for a version that is not read.
  public init?(_ text: String) {
    let number = text.drop { !$0.isNumber }.prefix { $0.isNumber || $0 == "." }
    let parts = number.split(separator: ".").prefix(2)
    guard parts.count == 2 else { return nil }
    self.init(rawValue: parts.joined(separator: "."))
  }
}
