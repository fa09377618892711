/// The number of a patent document, in the form that all sources are compared by.
///
/// `US-9693992-B2`, `US9693992B2`, `US 9,693,992` and a bare `9693992` of a table of US patents are
/// one document. The kind code is left out: the application and the grant of a number (`A1`, `B1`)
/// stand for the same invention, and many tables do not give it.
public struct PatentNumber: Hashable, Sendable {
  /// Two letters of the office and the number: `US9693992`.
  public let text: String

  /// The longest text that is read as a number.
  private static let longest = 40

  /// Reads a number; nil where it is none.
  ///
  /// - Parameter office: the office of a number that names none, such as `US`.
  public init?(_ text: String, office: String? = nil) {
    var rest = Array(text.uppercased().utf8.prefix(Self.longest + 1)).filter {
      Self.isLetter($0) || Self.isDigit($0)
    }
    guard text.utf8.count <= Self.longest, rest.contains(where: Self.isDigit) else { return nil }
    var letters = Array(rest.prefix(while: Self.isLetter))
    rest.removeFirst(letters.count)
    var named = office.map { Array($0.uppercased().utf8) } ?? []
    // `US`, `USRE`: an office and perhaps a series; `RE`, `D`, `PP`: a series of the given office.
    let series = ["", "RE", "D", "PP", "H", "T", "AI", "X"].map { Array($0.utf8) }
    if named.isEmpty || !series.contains(letters) {
      guard letters.count >= 2 else { return nil }
      named = Array(letters.prefix(2))
      letters.removeFirst(2)
    }
    guard letters.count <= 2 else { return nil }
    var digits = Array(rest.prefix(while: Self.isDigit))
    let kind = rest.dropFirst(digits.count)
    let isKind =
      kind.isEmpty
      || (kind.count <= 3 && kind.first.map(Self.isLetter) == true
        && kind.dropFirst().allSatisfy(Self.isDigit))
    guard isKind, named.count == 2 else { return nil }
    while digits.count > 1, digits.first == 0x30 { digits.removeFirst() }
    self.text = String(decoding: named + letters + digits, as: UTF8.self)
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

extension PatentNumber: CustomStringConvertible {
  /// The number as compared.
  public var description: String { text }
}
