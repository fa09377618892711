public import Provenance

/// A hospital that answers: approved studies over its own table, its rules, and what it told so far.
///
/// No file, no clock, no socket: the day and the randomness of noise are handed in.
public struct HospitalSite: Sendable {
  /// Its name in every answer.
  public let name: String
  /// What was told so far.
  public private(set) var ledger: SiteLedger
  private let rules: SiteRules
  private let table: Digest
  private let studies: [Digest: Approved]
  private let masking: SiteMasking?

  struct Approved: Sendable {
    let study: StudyDefinition
    let cohort: SiteCohort
    /// The digest of table and persons.
    let digest: Digest
    /// Why nothing of it may be told.
    let refusal: SiteRefusal?
    /// The cells of its table over the cohort, and the persons that are in none.
    let counts: (cells: [[Int]], elsewhere: Int)
  }

  /// A hospital that approved these studies.
  public init(
    name: String, table: SiteTable, studies: [StudyDefinition], rules: SiteRules = SiteRules(),
    ledger: SiteLedger = SiteLedger(), masking: SiteMasking? = nil
  ) {
    self.masking = masking
    self.name = name
    self.rules = rules
    self.ledger = ledger
    self.table = table.digest
    var approved: [Digest: Approved] = [:]
    for study in studies {
      let cohort = SiteCohort(study, of: table)
      let members = cohort.members.map { String($0, radix: 16) }.joined(separator: ".")
      approved[study.digest] = Approved(
        study: study, cohort: cohort, digest: Digest(of: "\(table.digest.hex) \(members)"),
        refusal: rules.refusal(study, cohort), counts: Self.counts(study, cohort, table))
    }
    self.studies = approved
  }

  /// What the hospital says of each study before anybody asks: its persons, and why it would refuse.
  public var standing: [(study: StudyDefinition, persons: Int, refusal: SiteRefusal?)] {
    studies.values.sorted { $0.study.name < $1.study.name }
      .map { ($0.study, $0.cohort.persons, $0.refusal) }
  }

  /// What the study of that digest asks for; nil where it is not approved.
  public func study(_ digest: Digest) -> StudyDefinition? { studies[digest]?.study }

  /// Answers, and says what is to be written down before the answer leaves.
  ///
  /// - Parameters:
  ///   - coordinator: who asks, by the key that signed.
  ///   - day: as in `2026-11-25`.
  ///   - generator: the randomness of noise; the system's, unless in a test.
  ///   - spend: takes a privacy loss from the budget; false where it does not cover it.
  public mutating func answer(
    _ question: Question, from coordinator: String, on day: String,
    noise generator: some RandomNumberGenerator, spend: (Double) -> Bool = { _ in false }
  ) -> (answer: Answer, entry: SiteLedger.Entry) {
    let content = question.content
    let approved = studies[question.study]
    var body = Answer.Body.refusal(.unknownStudy)
    var told = 0
    if let approved {
      if let refusal = refusal(question, content, approved, from: coordinator, on: day) {
        body = .refusal(refusal)
      } else {
        body = SiteArithmetic(approved: approved, rules: rules, masking: masking)
          .answer(question, noise: generator, spend: spend)
        told = approved.study.shape.numbers(question.body)
      }
    }
    var refusal: SiteRefusal?
    if case .refusal(let reason) = body { refusal = reason }
    let entry = SiteLedger.Entry(
      coordinator: coordinator, day: day, study: question.study, run: question.run,
      round: question.round, nonce: question.nonce, content: content,
      numbers: refusal == nil ? told : 0, cohort: approved?.digest ?? table, table: table,
      refusal: refusal)
    ledger.add(entry)
    return (Answer(site: name, to: question, body), entry)
  }

  private func refusal(
    _ question: Question, _ content: Digest, _ approved: Approved, from coordinator: String,
    on day: String
  ) -> SiteRefusal? {
    if ledger.isReplay(question, from: coordinator) { return .replayed }
    if let refusal = approved.refusal ?? difference(approved) { return refusal }
    return ledger.refusal(
      question, content: content, from: coordinator, on: day,
      numbers: approved.study.shape.numbers(question.body),
      allowed: rules.numbersAllowed(approved.study, approved.cohort), rules: rules)
  }

  /// Whether the answer, less one that was given, would tell of a few persons.
  private func difference(_ approved: Approved) -> SiteRefusal? {
    for (digest, told) in ledger.cohorts.sorted(by: { $0.key.hex < $1.key.hex }) {
      if told.cohort == approved.digest { continue }
      guard told.table == table, digest != approved.study.digest else { return .cohortChanged }
      // Whose persons were told is not known any more: nothing can be excluded.
      guard let other = studies[digest] else { return .differsByFew }
      let differences = [
        approved.cohort.count(notIn: other.cohort), other.cohort.count(notIn: approved.cohort),
      ]
      if differences.contains(where: { $0 > 0 && $0 < rules.minimumCell }) { return .differsByFew }
    }
    return nil
  }

  private static func counts(
    _ study: StudyDefinition, _ cohort: SiteCohort, _ table: SiteTable
  ) -> (cells: [[Int]], elsewhere: Int) {
    guard let axes = study.table, let rows = table.levels[axes.rows],
      let columns = table.levels[axes.columns]
    else { return ([], 0) }
    var cells = axes.rows.levels.map { _ in axes.columns.levels.map { _ in 0 } }
    var elsewhere = 0
    for row in 0..<table.rows where cohort.members[row / 64] >> UInt64(row % 64) & 1 == 1 {
      let (one, other) = (Int(rows[row]), Int(columns[row]))
      if one < 0 || other < 0 { elsewhere += 1 } else { cells[one][other] += 1 }
    }
    return (cells, elsewhere)
  }
}
