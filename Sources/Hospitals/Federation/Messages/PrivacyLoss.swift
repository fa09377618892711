/// A privacy loss ε as a fraction of whole numbers, so that noise can be drawn exactly.
public struct PrivacyLoss: Codable, Hashable, Sendable {
  /// ε = numerator / denominator; both above 0.
  public let numerator: UInt32, denominator: UInt32

  /// Reads `1/2` or `1`; nil for any other text.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let numerator = UInt32(parts[0]), numerator > 0,
      let denominator = parts.count == 2 ? UInt32(parts[1]) : 1, denominator > 0
    else { return nil }
    self.numerator = numerator
    self.denominator = denominator
  }
}
