public import Foundation

/// How much may still be learnt about people, kept in a journal that survives everything.
///
/// Losses add up (Dwork et al. 2006). A question is written down, on the disk, before its answer is
/// made: a kill in between costs budget and never gives an answer for free. A journal that is gone is a
/// budget that is whole: keep it where the askers cannot remove it.
public struct PrivacyBudget: Sendable {
  /// All that may be spent.
  public let total: Double
  private let journal: AuditJournal

  /// The budget whose spendings stand in a journal.
  public init(total: Double, journal: URL) {
    self.total = total
    self.journal = AuditJournal(at: journal)
  }

  /// What is left; nothing where the journal was altered.
  public func left() throws(GovernanceError) -> Double {
    total - (try Self.spent(try journal.read().records))
  }

  /// Takes from the budget, or refuses.
  public func spend(
    _ epsilon: Double, on question: String, actor: String, at time: Date
  ) throws(GovernanceError) {
    guard epsilon > 0, epsilon.isFinite else { throw .budgetSpent(left: total, asked: epsilon) }
    try journal.whileLocked { records, write throws(GovernanceError) in
      let left = total - (try Self.spent(records))
      // A rounding in the last digit must not refuse the last question.
      guard epsilon <= left + 1e-12 * total else {
        throw .budgetSpent(left: max(0, left), asked: epsilon)
      }
      try write(
        AuditJournal.record(
          after: records.last, actor: actor, action: "spend",
          facts: ["epsilon": "\(epsilon)", "question": question], at: time))
    }
  }

  /// What sound records spent; an altered journal answers nothing.
  private static func spent(
    _ records: [AuditJournal.Record]
  ) throws(GovernanceError) -> Double {
    if case .broken(let record, let reason) = AuditJournal.verify(records) {
      throw .journal("the privacy budget's record \(record) is broken: \(reason)")
    }
    return records.reduce(0) { $0 + ($1.facts["epsilon"].flatMap(Double.init) ?? 0) }
  }
}
