/// What the gate says of two towers for one kind of compounds, with its reason.
public struct AffinityDecision: Hashable, Sendable {
  /// For which compounds.
  public let compounds: ColdProtein.Compounds
  /// What came of the hidden proteins.
  public let summary: ColdSummary
  /// The least cosine of a protein to its nearest training protein; nil where the towers may not rank.
  public let level: Double?

  init(_ compounds: ColdProtein.Compounds, _ summary: ColdSummary, level: Double?) {
    self.compounds = compounds
    self.summary = summary
    self.level = level
  }

  /// Whether the towers may rank such compounds for any protein.
  public var passes: Bool { level != nil }

  /// What was seen on the hidden proteins, in words.
  public var reason: String {
    let which = compounds == .known ? "known compounds" : "compounds never seen"
    guard let own = summary.concordance, let rival = summary.strongest else {
      return "no hidden protein has enough \(which) to rank"
    }
    let seen =
      "on \(summary.proteins) hidden proteins of \(summary.families) families they ranked \(which) "
      + "with a concordance of \(text(own)), beside \(text(rival.concordance)) of "
      + "\(rival.answer.name)"
    let ahead = "ahead by \(text(rival.ahead))"
    if passes { return "\(seen): \(ahead)" }
    if summary.isAhead { return "\(seen), which are too few to say more" }
    return "\(seen): \(ahead), which is not surely better than no learning"
  }

  private func text(_ estimate: ColdSummary.Estimate) -> String {
    func short(_ value: Double) -> String {
      let thousandths = Int((value.magnitude * 1_000).rounded())
      let digits = String(1_000 + thousandths % 1_000).dropFirst()
      return (value < 0 && thousandths > 0 ? "−" : "") + "\(thousandths / 1_000).\(digits)"
    }
    return "\(short(estimate.value)) [\(short(estimate.lower)) to \(short(estimate.upper))]"
  }
}

/// Whether two towers may rank compounds for one protein, with the reason.
public struct AffinityVerdict: Hashable, Sendable {
  /// What the gate says of the compounds.
  public let decision: AffinityDecision
  /// The training protein nearest to the asked one, by its identifier.
  public let nearest: String
  /// The cosine of their spectra, 0 to 1.
  public let cosine: Double

  /// Whether they may.
  public var isUsable: Bool { decision.level.map { cosine >= $0 } ?? false }

  /// In words: learned from whom, how near, and what validation says.
  public var reason: String {
    let near = "nearest \(nearest), cosine \(rounded(cosine))"
    guard let level = decision.level else {
      return "not used: \(decision.reason) (\(near))"
    }
    guard isUsable else {
      return "not used: \(near), below the \(rounded(level)) of the proteins on which it was tested"
    }
    return "learned from related proteins: \(near); cold validation: \(decision.reason)"
  }

  private func rounded(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded(.down))
    return "\(hundredths / 100).\(String(100 + hundredths % 100).dropFirst())"
  }
}
