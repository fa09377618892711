public import Governance
import Provenance

extension SiteLedger.Entry {
  /// The action under which questions stand in a hospital's journal.
  public static let action = "federation question"

  /// The entry as the facts of a journal's record; names, digests and counts, no person.
  public var facts: [String: String] {
    var facts = [
      "study": study.hex, "run": run.hex, "round": "\(round)", "nonce": nonce.hex,
      "content": content.hex, "numbers": "\(numbers)", "cohort": cohort.hex, "table": table.hex,
      "day": day,
    ]
    if let refusal { facts["refusal"] = "\(refusal.rawValue) \(refusal)" }
    return facts
  }

  /// Reads a record; nil for one of another kind.
  public init?(_ record: AuditJournal.Record) {
    let facts = record.facts
    guard record.action == Self.action, let study = facts["study"].flatMap(Digest.init(hex:)),
      let run = facts["run"].flatMap(MessageID.init(hex:)),
      let round = facts["round"].flatMap(UInt32.init),
      let nonce = facts["nonce"].flatMap(MessageID.init(hex:)),
      let content = facts["content"].flatMap(Digest.init(hex:)),
      let numbers = facts["numbers"].flatMap(Int.init),
      let cohort = facts["cohort"].flatMap(Digest.init(hex:)),
      let table = facts["table"].flatMap(Digest.init(hex:)), let day = facts["day"]
    else { return nil }
    self.init(
      coordinator: record.actor, day: day, study: study, run: run, round: round, nonce: nonce,
      content: content, numbers: numbers, cohort: cohort, table: table,
      refusal: facts["refusal"].flatMap { text in
        text.split(separator: " ").first.flatMap { UInt8($0) }.flatMap(SiteRefusal.init(rawValue:))
      })
  }
}
