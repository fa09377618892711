public import Provenance

/// What a hospital has told so far, out of its journal: the memory that its refusals need.
public struct SiteLedger: Sendable {
  /// One question and whether it was answered.
  public struct Entry: Hashable, Sendable {
    /// The coordinator who asked.
    public let coordinator: String
    /// The day, `2026-11-25`, in UTC.
    public let day: String
    /// The study.
    public let study: Digest
    /// The run.
    public let run: MessageID
    /// The round.
    public let round: UInt32
    /// The question's own name.
    public let nonce: MessageID
    /// What was asked, whatever the run.
    public let content: Digest
    /// How many numbers were told; 0 for a refusal.
    public let numbers: Int
    /// The table and the persons that the answer is of.
    public let cohort: Digest
    /// The table alone.
    public let table: Digest
    /// Why there was none.
    public let refusal: SiteRefusal?
  }

  private struct Asked: Hashable { let study: Digest?, coordinator: String, day: String }
  private struct Run: Hashable { let study: Digest, run: MessageID, coordinator: String }

  private var nonces: Set<MessageID> = []
  private var lastRound: [Run: UInt32] = [:]
  private var contents: [Digest: Set<Digest>] = [:]
  private var numbers: [Digest: Int] = [:]
  private var newContents: [Asked: Int] = [:]
  private var questions: [Asked: Int] = [:]
  /// For each answered study the persons and the table of its answers.
  private(set) var cohorts: [Digest: (cohort: Digest, table: Digest)] = [:]

  /// A ledger of nothing.
  public init() {}

  /// The ledger of entries in their order.
  public init(_ entries: some Sequence<Entry>) {
    for entry in entries { add(entry) }
  }

  /// Adds a question and what became of it.
  public mutating func add(_ entry: Entry) {
    nonces.insert(entry.nonce)
    questions[Asked(study: nil, coordinator: entry.coordinator, day: entry.day), default: 0] += 1
    guard entry.refusal == nil else { return }
    let run = Run(study: entry.study, run: entry.run, coordinator: entry.coordinator)
    lastRound[run] = max(lastRound[run] ?? 0, entry.round)
    if cohorts[entry.study] == nil { cohorts[entry.study] = (entry.cohort, entry.table) }
    if contents[entry.study, default: []].insert(entry.content).inserted {
      numbers[entry.study, default: 0] += entry.numbers
      newContents[
        Asked(study: entry.study, coordinator: entry.coordinator, day: entry.day), default: 0] += 1
    }
  }

  /// Whether the question's name was used, or its round is over.
  func isReplay(_ question: Question, from coordinator: String) -> Bool {
    let run = Run(study: question.study, run: question.run, coordinator: coordinator)
    return nonces.contains(question.nonce) || question.round < lastRound[run] ?? 0
  }

  /// Why the day, or the study as a whole, allows no more; what was told before may be told again.
  func refusal(
    _ question: Question, content: Digest, from coordinator: String, on day: String,
    numbers new: Int,
    allowed: Int, rules: SiteRules
  ) -> SiteRefusal? {
    let asked = questions[Asked(study: nil, coordinator: coordinator, day: day)] ?? 0
    guard asked < rules.questionsPerDay else { return .roundsSpent }
    if contents[question.study]?.contains(content) == true { return nil }
    let rounds =
      newContents[Asked(study: question.study, coordinator: coordinator, day: day)] ?? 0
    guard rounds < rules.roundsPerDay else { return .roundsSpent }
    return (numbers[question.study] ?? 0) + new <= allowed ? nil : .numbersSpent
  }

  /// How many numbers were told of a study.
  public func numbersTold(_ study: Digest) -> Int { numbers[study] ?? 0 }
}
