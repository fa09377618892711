/// Which code made a result; the one place where the version stands.
public enum CodeVersion {
  /// The version number, raised with each release.
  public static let number = "0.1.0"

  /// The name and number written into every record and card.
  public static let current = "Osong \(number)"
}
