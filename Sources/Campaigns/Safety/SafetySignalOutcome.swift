public import Hospitals
import Statistics

/// What a look for signals found.
public struct SafetySignalOutcome: Sendable {
  /// What was read.
  public let reading: ReportReading
  /// What stands out.
  public let detection: SignalDetection
  /// The fewest reports of a pair that is told.
  public let minimum: Int

  /// Numbers by name.
  public var counts: [String: Int] {
    let accounts = reading.accounts
    return [
      "rows": accounts.reduce(0) { $0 + $1.rows }, "used": accounts.reduce(0) { $0 + $1.used },
      "refused": accounts.reduce(0) { $0 + $1.refused },
      "superseded": accounts.reduce(0) { $0 + $1.superseded },
      "without a concept": accounts.reduce(0) { $0 + $1.unmapped },
      "other roles": accounts.reduce(0) { $0 + $1.otherRoles },
      "incomplete reports": reading.incomplete, "total": reading.tally.total,
      "drugs": reading.tally.drugs.count, "events": reading.tally.events.count,
      "reported pairs": reading.tally.pairs.count, "pairs asked about": detection.family,
      "pairs told": detection.signals.count, "pairs below the minimum": detection.small,
      "pairs kept back": detection.hidden,
    ]
  }

  /// What was found, in sentences that name no report.
  public var summary: [String] {
    let tally = reading.tally
    var lines = [
      "\(tally.total) \(tally.denominator.rawValue), \(tally.drugs.count) drugs, "
        + "\(tally.events.count) events, \(tally.pairs.count) pairs reported"
    ]
    lines += reading.accounts.map { account in
      "  \(account.file): \(account.rows) rows, \(account.used) used, "
        + "\(account.superseded) of older versions, \(account.otherRoles) in other roles, "
        + (account.unmapped > 0 ? "\(account.unmapped) without a concept, " : "")
        + "\(account.refused) refused"
    }
    if reading.incomplete > 0 {
      lines.append("\(reading.incomplete) reports name no drug of the role or no event")
    }
    lines += reading.remarks
    lines.append(mixture)
    lines.append(
      "\(detection.signals.count) pairs of \(minimum) reports or more are told, "
        + "\(detection.small) have fewer"
        + (detection.hidden > 0 ? ", \(detection.hidden) are kept back for a small cell" : ""))
    let found = detection.signals.filter { $0.qValue <= 0.05 }.count
    lines.append("\(found) of them have q ≤ 0.05 among \(detection.family) pairs asked about")
    lines.append(
      "A signal is a reason to look, no proof of harm: reports have no denominator of people treated."
    )
    return lines
  }

  private var mixture: String {
    guard let fit = detection.fit else {
      return "no mixture was fitted: too few pairs; EBGM is left empty"
    }
    let prior = fit.prior
    let numbers = [
      prior.first.shape, prior.first.rate, prior.second.shape, prior.second.rate, prior.share,
    ].map { "\(($0 * 1e4).rounded() / 1e4)" }
    return "mixture: α₁ \(numbers[0]), β₁ \(numbers[1]), α₂ \(numbers[2]), β₂ \(numbers[3]), "
      + "P \(numbers[4])"
  }
}
