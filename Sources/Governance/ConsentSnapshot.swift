public import Provenance

/// Who may be read for a purpose, fixed before any row is read.
///
/// Its id goes into every result. A later register gives another snapshot where one person's
/// consent changed, so that results of before are known to be stale.
public struct ConsentSnapshot: Hashable, Sendable {
  /// For what.
  public let purpose: Purpose
  /// Who, in the order of their numbers.
  public let allowed: [String]
  /// How many of those asked for were refused, by reason.
  public let refusals: [String: Int]
  /// The digest of purpose and people.
  public let id: Digest

  /// Takes a snapshot for the people of a data set.
  public init(of register: ConsentRegister, for purpose: Purpose, people: some Sequence<String>) {
    var allowed: [String] = []
    var refusals: [String: Int] = [:]
    for person in Set(people).sorted() {
      switch register.decide(person, purpose) {
      case .allowed: allowed.append(person)
      case .denied(let reasons): for reason in Set(reasons) { refusals[reason, default: 0] += 1 }
      }
    }
    self.purpose = purpose
    self.allowed = allowed
    self.refusals = refusals
    var stream = DigestStream()
    // The length stands before each text: no two purposes or lists of people have one digest.
    for text in Self.fields(of: purpose) + allowed {
      stream.update(Array("\(text.utf8.count):\(text)\n".utf8))
    }
    id = stream.finish()
  }

  /// The people of an earlier snapshot who may not be read any more.
  public func withdrawn(since earlier: ConsentSnapshot) -> [String] {
    let now = Set(allowed)
    return earlier.allowed.filter { !now.contains($0) }
  }

  /// A purpose as texts in one order: that of a set changes from run to run.
  private static func fields(of purpose: Purpose) -> [String] {
    let promises = [
      purpose.isGenetic, purpose.isForProfit, purpose.isCommercial, purpose.willPublish,
      purpose.isCollaboration, purpose.hasEthicsApproval, purpose.willReturnResults,
    ]
    return [
      purpose.aim.rawValue, promises.map { $0 ? "1" : "0" }.joined(), purpose.country, purpose.user,
      purpose.project, purpose.institution, purpose.day, purpose.publicationDay,
      "\(purpose.diseases.count)",
    ] + purpose.diseases.sorted() + ["\(purpose.researchTypes.count)"]
      + purpose.researchTypes.sorted()
  }
}
