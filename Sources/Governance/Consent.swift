/// What one person allows.
public struct Consent: Hashable, Sendable {
  /// A code, with the names it is limited to: diseases, countries, users, dates.
  public struct Term: Hashable, Sendable {
    /// The code; nil where the ontology's text is not one that this version knows.
    public let code: DataUseCode?
    /// The text as it was written.
    public let text: String
    /// What the code is limited to.
    public let details: [String]

    /// A term with its details.
    public init(_ code: DataUseCode, _ details: [String] = []) {
      self.code = code
      text = code.id
      self.details = details
    }

    /// Reads `DUO:0000007[MONDO:0004995|MONDO:0005148]`.
    public init(text: String) {
      self.text = text
      guard let bracket = text.firstIndex(of: "[") else {
        code = DataUseCode(id: text)
        details = []
        return
      }
      let inner = text[text.index(after: bracket)...]
      // A bracket that is not closed is a text that nobody understands, and that denies.
      code = inner.hasSuffix("]") ? DataUseCode(id: String(text[..<bracket])) : nil
      details = inner.dropLast().split(separator: "|").map(String.init)
    }
  }

  /// The person's number in the cohort.
  public let participant: String
  /// What they allow.
  public let terms: [Term]
  /// Whether they took it back.
  public let isWithdrawn: Bool

  /// Describes a consent.
  public init(participant: String, terms: [Term], isWithdrawn: Bool = false) {
    self.participant = participant
    self.terms = terms
    self.isWithdrawn = isWithdrawn
  }
}
