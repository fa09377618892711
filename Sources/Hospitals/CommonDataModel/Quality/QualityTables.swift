public import Governance

/// The report as tables in which no small count of persons stands or can be worked out.
///
/// In a table's account the refused rows and the taken ones fill a sum that is told: a small count
/// takes a large one with it. Percentages of small counts are left out.
public struct QualityTables: Sendable {
  /// A table: its header and its rows.
  public typealias Table = (header: [String], rows: [[String]])

  private let reading: FolderReading
  private let report: QualityReport
  private let minimum: MinimumCell

  /// The tables of a report.
  public init(_ reading: FolderReading, _ report: QualityReport, minimum: MinimumCell) {
    self.reading = reading
    self.report = report
    self.minimum = minimum
  }

  /// How many persons there are; nil where that would tell a small count of refused ones.
  public var persons: Int? {
    let refusals = reading.accounts.first { $0.table == "person" }.map(Self.counts) ?? []
    guard minimum.allows(reading.persons), refusals.allSatisfy(minimum.allows) else { return nil }
    return reading.persons
  }

  /// All checks.
  public var quality: Table {
    let rows = report.checks.map { check -> [String] in
      if tellsTaken(check) {
        return [check.category.rawValue, check.name, check.table, check.field]
          + ["kept back", "kept back", "", "\(check.threshold)", ""]
      }
      let isSmall = check.isAboutPersons && !isTold(check.violated, of: check.of)
      let status = isHidden(check) ? "" : check.status.rawValue
      return [
        check.category.rawValue, check.name, check.table, check.field,
        isSmall ? small(check.violated) : "\(check.violated)",
        check.isAboutPersons && !minimum.allows(check.of) ? small(check.of) : "\(check.of)",
        isSmall ? "" : check.percent.map { "\(round($0))" } ?? "", "\(check.threshold)", status,
      ]
    }
    return (
      [
        "category", "check", "table", "field", "violated", "of", "percent", "threshold_percent",
        "status",
      ], rows
    )
  }

  /// How many rows were taken, and how many refused for what.
  public var refused: Table {
    var rows: [[String]] = []
    for account in reading.accounts {
      let reasons = account.refused.sorted { $0.key < $1.key }
      let isOfPersons = QualityReport.isOfPersons(account)
      // What is wrong with the file says nothing of anybody.
      let inside = reasons.filter { isOfPersons && !$0.key.reason.isOfFile }
      let counts = isOfPersons ? Self.counts(account) : [account.taken]
      let told = isOfPersons ? release(counts) : counts.map { Optional($0) }
      rows.append([account.table, "taken", "", text(told[0], account.taken)])
      for (place, entry) in inside.enumerated() {
        rows.append([
          account.table, entry.key.reason.rawValue, entry.key.field,
          text(told[place + 1], entry.value),
        ])
      }
      for (key, value) in reasons where !isOfPersons || key.reason.isOfFile {
        rows.append([account.table, key.reason.rawValue, key.field, "\(value)"])
      }
    }
    return (["table", "row", "field", "count"], rows)
  }

  /// How much of the hospital's codes has a concept: by rows, and by distinct codes.
  public var coverage: Table {
    var rows: [[String]] = []
    for account in reading.accounts {
      for count in account.fields
      where count.isPresent && count.field.isStandardConcept && account.readable > 0 {
        let unmapped = count.unmapped + count.missing + count.unreadable
        let mapped = account.readable - unmapped
        let isOfPersons = QualityReport.isOfPersons(account)
        // The checks tell how many have no value; the rest must not follow from it.
        let parts = [mapped, count.unmapped, count.missing, count.unreadable]
        let isTold = !isOfPersons || parts.allSatisfy(minimum.allows)
        let told: [Int?] = isTold ? [mapped, unmapped] : [nil, nil]
        let share =
          told.contains(nil) ? "" : "\(round(100 * Double(mapped) / Double(account.readable)))"
        let codes = account.codes[count.field.name]
        rows.append([
          account.table, count.field.name, text(told[0], mapped), text(told[1], unmapped), share,
          codes.map { "\($0.mapped)" } ?? "", codes.map { "\($0.count - $0.mapped)" } ?? "",
          codes.map { $0.isCut ? "more than \(SourceCodes.most) codes" : "" } ?? "",
        ])
      }
    }
    return (
      [
        "table", "field", "rows_mapped", "rows_unmapped", "percent_of_rows", "codes_mapped",
        "codes_unmapped", "note",
      ], rows
    )
  }

  /// A small count may not be told, nor may one that leaves a small rest.
  private func isTold(_ count: Int, of sum: Int) -> Bool {
    minimum.allows(count) && minimum.allows(sum - count)
  }

  /// Whether passed or failed would tell a small count: it does where the line lies among such.
  private func isHidden(_ check: QualityCheck) -> Bool {
    guard check.isAboutPersons, !minimum.allows(check.violated) else { return false }
    let line = check.threshold / 100 * Double(check.of)
    return line >= 1 && line < Double(minimum.minimum - 1)
  }

  private func small(_ count: Int) -> String {
    minimum.allows(count) ? "kept back" : "<\(minimum.minimum)"
  }

  private func text(_ told: Int?, _ count: Int) -> String {
    told.map { "\($0)" } ?? small(count)
  }

  private func round(_ value: Double) -> Double { (value * 100).rounded() / 100 }

  /// The counts of a table's rows, those taken first.
  ///
  /// Their sum is told, and the larger refusals stand among the checks as well: so it is the taken
  /// rows that go with the small counts. Where there are too few of them, all goes.
  private func release(_ counts: [Int]) -> [Int?] {
    let small = counts.indices.filter { !minimum.allows(counts[$0]) }
    guard !small.isEmpty else { return counts }
    guard hasRoom(counts, small) else { return counts.map { _ in nil } }
    return counts.indices.map { $0 == 0 || small.contains($0) ? nil : counts[$0] }
  }

  /// With k small counts of 1 to m − 1 and a sum that is known, each may still be any such number
  /// where the hidden rest has at least m + (m − 2)k.
  private func hasRoom(_ counts: [Int], _ small: [Int]) -> Bool {
    (counts.first ?? 0) >= minimum.minimum + (minimum.minimum - 2) * small.count
  }

  /// The taken rows of a table, and those refused for what is about persons.
  private static func counts(_ account: TableAccount) -> [Int] {
    [account.taken]
      + account.refused.filter { !$0.key.reason.isOfFile }.sorted { $0.key < $1.key }.map(\.value)
  }

  /// Whether a check would give away a count that `refused` keeps back.
  private func tellsTaken(_ check: QualityCheck) -> Bool {
    let table = check.name == "measurePersonCompleteness" ? "person" : check.table
    guard check.isAboutPersons, let account = reading.accounts.first(where: { $0.table == table })
    else { return false }
    let counts = Self.counts(account)
    let small = counts.indices.filter { !minimum.allows(counts[$0]) }
    if small.isEmpty { return false }
    // How many persons were taken is what these checks are shares of.
    if check.name == "measurePersonCompleteness" { return true }
    return check.isOfRefusals && !hasRoom(counts, small)
  }
}
