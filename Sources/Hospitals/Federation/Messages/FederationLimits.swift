/// The bounds of everything that travels between a coordinator and a hospital.
public enum FederationLimits {
  /// The version of the messages; another one is refused, never guessed at.
  public static let version: UInt16 = 1
  /// The longest frame, in bytes, its signature included.
  public static let frameBytes = 65_536
  /// The most coefficients of a study: their information matrix fills a quarter of a frame.
  public static let coefficients = 64
  /// The longest name, in bytes of UTF-8.
  public static let nameBytes = 64
  /// The most cells of a contingency table.
  public static let cells = 1_024
  /// The most hospitals of one question.
  public static let sites = 64

  /// Whether a text can name a site, a study or a column: short, on one line, of visible letters.
  public static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= nameBytes
      && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7f }
  }
}
