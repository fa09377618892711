import Foundation
import Governance
import Hospitals
import Statistics

/// What of a comparison may be told: no number from which a count below the minimum follows.
struct ComparativeRelease {
  let study: ComparativeStudy
  let minimum: MinimumCell

  init(_ study: ComparativeStudy, minimum: MinimumCell) {
    self.study = study
    self.minimum = minimum
  }

  /// The tables, and sentences.
  func files(
    _ outcomes: [CohortTable.Outcome]
  ) throws -> (files: [StudyFile], summary: [String]) {
    let results = outcomes.indices.map { study.result($0) }
    for result in results {
      guard min(result.treated.people, result.others.people) >= minimum.minimum else {
        throw HospitalError(
          "fewer than \(minimum.minimum) people of an arm can be compared: nothing is told")
      }
    }
    // One row an outcome in the first, as `osong hospital calibrate` reads it.
    var estimates = StudyFile(
      "estimates.tsv", ["outcome"] + EstimateText.header + ["log_rank_p", "note"])
    var methods = StudyFile("methods.tsv", ["outcome", "method"] + EstimateText.header + ["note"])
    var arms = StudyFile("arms.tsv", ["outcome", "arm", "people", "events", "time", "rate"])
    var curves = StudyFile(
      "curves.tsv", ["outcome", "arm", "time", "events", "survival", "lower", "upper"])
    var lines = people
    for (outcome, result) in zip(outcomes, results) {
      let name = outcome.event
      let rows = rows(name, result)
      estimates.rows.append([name] + rows[0][2...7] + [logRank(result), rows[0][8]])
      methods.rows += rows
      for (arm, told) in [("treated", result.treated), ("comparator", result.others)] {
        arms.rows.append([name, arm] + fields(told))
        curves.rows += steps(told.curve).map { [name, arm] + $0 }
      }
      lines.append(sentence(name, result))
    }
    return ([estimates, methods, arms, curves, balance, score], lines)
  }

  private func mayTell(_ arm: ComparativeStudy.Arm) -> Bool {
    minimum.allows(arm.events) && minimum.allows(arm.people - arm.events)
  }

  /// Events, and the rate that would tell them, where neither they nor those without are few.
  private func fields(_ arm: ComparativeStudy.Arm) -> [String] {
    guard mayTell(arm) else { return ["\(arm.people)", "", "\(arm.time)", ""] }
    return [
      "\(arm.people)", "\(arm.events)", "\(arm.time)", "\(Double(arm.events) / arm.time)",
    ]
  }

  /// The square of a standard error is nearly the sum of the reciprocals of both arms' events, so it
  /// is kept back with them.
  private func isFew(_ result: ComparativeStudy.Result) -> Bool {
    !minimum.allows(result.treated.events) || !minimum.allows(result.others.events)
  }

  private func logRank(_ result: ComparativeStudy.Result) -> String {
    isFew(result) ? "" : result.logRank.map { "\($0.pValue)" } ?? ""
  }

  private func rows(_ name: String, _ result: ComparativeStudy.Result) -> [[String]] {
    [
      ("hazard ratio within sets", result.hazard), ("rate ratio", result.rate),
      ("hazard ratio, unadjusted", result.crudeHazard),
    ].map { method, found in
      let empty = [name, method] + EstimateText.fields(nil)
      if isFew(result) {
        return empty + ["kept back: fewer than \(minimum.minimum) events in an arm"]
      }
      switch found {
      case .success(let estimate):
        return [name, method] + EstimateText.fields(estimate) + [""]
      case .failure(let reason): return empty + [reason.description(columns: ["the treatment"])]
      }
    }
  }

  /// A curve at times between which there are enough events, while enough are at risk: each step of
  /// the whole curve would be a person.
  private func steps(_ curve: KaplanMeier) -> [[String]] {
    var rows: [[String]] = []
    var events = 0
    for step in curve.steps {
      events += step.events
      guard events >= minimum.minimum, step.atRisk - step.events >= minimum.minimum else {
        continue
      }
      rows.append([
        "\(step.time)", "\(events)", "\(step.survival)",
        step.interval.map { "\($0.lower)" } ?? "", step.interval.map { "\($0.upper)" } ?? "",
      ])
      events = 0
    }
    return rows
  }

  private func mayTell(_ balance: CovariateBalance) -> Bool {
    guard let counts = balance.counts else { return true }
    // Before less after is who was left out.
    let left = (0..<4).map { counts[$0] - counts[$0 + 4] }
    return (counts + left).allSatisfy(minimum.allows)
  }

  private var balance: StudyFile {
    var file = StudyFile(
      "balance.tsv",
      [
        "covariate", "treated_before", "comparator_before", "difference_before", "treated_after",
        "comparator_after", "difference_after", "note",
      ])
    for row in study.balance {
      guard mayTell(row) else {
        file.rows.append(
          [row.name] + [String](repeating: "", count: 6)
            + ["kept back: fewer than \(minimum.minimum) people"])
        continue
      }
      let before = [row.treatedBefore, row.othersBefore].map { "\($0)" }
      let after = [row.treatedAfter, row.othersAfter].map { "\($0)" }
      func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
      file.rows.append(
        [row.name] + before + [text(row.differenceBefore)] + after + [text(row.differenceAfter)]
          + [abs(row.differenceAfter ?? 0) > 0.1 ? "still unlike" : ""])
    }
    return file
  }

  private var score: StudyFile {
    var file = StudyFile("propensity.tsv", ["covariate", "coefficient"])
    file.rows.append(["intercept", "\(study.model.fit.intercept)"])
    for (row, coefficient) in zip(study.balance, study.model.fit.coefficients)
    where coefficient != 0 {
      file.rows.append([row.name, mayTell(row) ? "\(coefficient)" : ""])
    }
    return file
  }

  /// How many are compared, and how like they are.
  private var people: [String] {
    let treated = study.table.isTreated
    func count(_ arm: Bool, _ isKept: Bool) -> Int {
      zip(treated, study.sets.sets).count { $0 == arm && ($1 != nil) == isKept }
    }
    let told = minimum.release([
      [count(true, true), count(true, false)], [count(false, true), count(false, false)],
    ])
    func text(_ number: Int?) -> String { number.map(String.init) ?? "some" }
    let worst = study.balance.compactMap { $0.differenceAfter.map(abs) }.max() ?? 0
    let worstBefore = study.balance.compactMap { $0.differenceBefore.map(abs) }.max() ?? 0
    return [
      "\(text(told.cells[0][0])) treated and \(text(told.cells[1][0])) comparators are compared, "
        + "in \(study.sets.count) sets",
      "the score tells the arms apart by \(Self.text(study.model.discrimination)) (½ is not at all); "
        + "\(Self.text(100 * study.model.equipoise)) % are in equipoise",
      "largest difference of a covariate: \(Self.text(worstBefore)) deviations before, "
        + "\(Self.text(worst)) after" + (worst > 0.1 ? " (above .1: still unlike)" : ""),
    ]
  }

  private func sentence(_ name: String, _ result: ComparativeStudy.Result) -> String {
    let row = rows(name, result)[0]
    guard !row[4].isEmpty, let ratio = Double(row[4]), let lower = Double(row[5]),
      let upper = Double(row[6]), let p = Double(row[7])
    else { return "\(name): \(row[8])" }
    return
      "\(name): hazard ratio \(Self.text(ratio)) (\(Self.text(lower)) to \(Self.text(upper))), "
      + "p \(p < 0.001 ? "\(p)" : Self.text(p)) before calibration"
  }

  private static func text(_ value: Double) -> String {
    "\((value * 1_000).rounded() / 1_000)"
  }
}
