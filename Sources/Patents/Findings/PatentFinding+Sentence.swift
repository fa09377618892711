extension PatentFinding {
  /// How close the corpus comes.
  public enum Status: String, Codable, Hashable, Sendable, CaseIterable {
    /// The same structure stands in it.
    case exact
    /// A structure of the same connectivity does.
    case connectivity
    /// A structure at or above the threshold does.
    case similar
    /// None of these.
    case notFound = "not-found"
    /// The structure could not be looked for.
    case refused
  }

  /// How close the corpus comes.
  public var status: Status {
    if refusal != nil { return .refused }
    if exact != nil { return .exact }
    if connectivity != nil { return .connectivity }
    return similar == nil ? .notFound : .similar
  }

  /// The compound that decides the status.
  public var closest: PatentedCompound? { exact ?? connectivity ?? similar }

  /// The finding in one sentence: what was found where, or that nothing was and how far that goes.
  public var sentence: String {
    if let refusal { return "not looked for: the structure \(refusal)" }
    if let exact { return "found in \(exact.place)" }
    var parts = ["not found in \(corpus.text)"]
    if let connectivity {
      parts.append("the same connectivity (\(connectivity.id)) found in \(connectivity.place)")
    } else if let similar {
      let similarity = Self.twoDecimals(similar.similarity ?? 0)
      parts.append("\(similarity) similar to \(similar.id), found in \(similar.place)")
    } else if let scaffold, scaffold > 0 {
      parts.append(
        scaffold == 1
          ? "1 compound of the corpus has its scaffold"
          : "\(scaffold) compounds of the corpus have its scaffold")
    }
    return parts.joined(separator: "; ")
  }

  /// Cut, not rounded: 0.996 must not read as 1.
  private static func twoDecimals(_ similarity: Double) -> String {
    let hundredths = Int((similarity * 100 + 1e-9).rounded(.down))
    let digits = String(hundredths % 100)
    return "\(hundredths / 100)." + (digits.count < 2 ? "0" + digits : digits)
  }
}

extension CorpusName {
  /// `CORPUS up to DATE (N compounds)`.
  public var text: String {
    let day = upTo.map { "up to \($0)" } ?? "(its last day is not known)"
    return "\(name) \(day) (\(Self.grouped(compounds)) compounds)"
  }

  private static func grouped(_ number: Int) -> String {
    var digits = String(number)
    var groups: [String] = []
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    return ([digits] + groups).joined(separator: ",")
  }
}

extension PatentedCompound {
  /// The leading document with what is known of it, and how many more there are.
  ///
  /// `US9693992 (family 123, earliest 2014-05-12, claims)`.
  public var place: String {
    guard let document else { return "a document that the corpus does not name" }
    let rest = families - 1
    let more =
      rest == 0 ? "" : " and in \(rest) more famil\(rest == 1 ? "y" : "ies")"
    return document.sentencePart + more
  }
}

extension PatentDocument {
  /// The number, and in brackets family, earliest day, field, and the listed expiry where known.
  var sentencePart: String {
    var facts = [
      family.map { "family \($0)" } ?? "no family known",
      earliest.map { "earliest \($0)" } ?? "no date known",
      fields.first?.name ?? "field not told",
    ]
    if let expiry { facts.append("listed expiry \(expiry)") }
    return "\(number) (\(facts.joined(separator: ", ")))"
  }
}
