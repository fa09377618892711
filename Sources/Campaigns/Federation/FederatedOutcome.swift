public import Foundation
public import Hospitals
import Provenance
import Records
import Statistics

/// A finished run as files: effects, persons, comparison, table, and what made them.
public struct FederatedOutcome {
  private let run: FederatedRun
  private let result: FederatedResult

  /// Takes a run that is done; without an estimate it says why.
  public init(_ run: FederatedRun) throws {
    guard let result = run.result else {
      let names = run.study.coefficientNames
      throw HospitalError(
        "no estimate: \(run.failure?.description(columns: names) ?? "the run is not done")")
    }
    self.run = run
    self.result = result
  }

  /// Writes all files of the result into a folder.
  public func write(into folder: URL, study: URL) throws {
    var outputs = ["effects.csv", "persons.csv"]
    try write(
      "effects.csv", in: folder,
      ["term", "unit", "estimate", "standard_error", "p", "lower_95", "upper_95"],
      result.effects.map {
        [$0.term]
          + [$0.unit, $0.estimate, $0.standardError, $0.pValue, $0.lower, $0.upper].map(text)
      })
    let answered = result.persons.sorted { $0.key < $1.key }.map { [$0.key, "\($0.value)", ""] }
    let missing = result.missing.sorted { $0.key < $1.key }.map { [$0.key, "", $0.value] }
    try write(
      "persons.csv", in: folder, ["site", "persons", "missing_because"], answered + missing)
    if run.compares {
      outputs.append("comparison.csv")
      try write(
        "comparison.csv", in: folder, ["term", "source", "estimate", "standard_error"], comparison)
    }
    if let table = run.study.table {
      outputs.append("table.csv")
      let header = ["site", "row"] + table.columns.levels + ["sum"]
      try write("table.csv", in: folder, header, rows(of: table))
    }
    var options = ["study": run.study.name, "study_digest": run.study.digest.hex]
    options["rounds"] = "\(result.rounds)"
    if let noise = run.noise {
      options["epsilon"] = "\(noise.numerator)/\(noise.denominator)"
    }
    if !result.isComplete {
      options["missing"] = result.missing.keys.sorted().joined(separator: " ")
    }
    try RunRecord(
      verb: "hospital ask", options: options, inputs: [try Artifact(fileAt: study)],
      outputs: try outputs.map { try Artifact(fileAt: folder.appending(path: $0)) },
      counts: ["persons": result.persons.values.reduce(0, +), "sites": result.sites.count]
    ).write(into: folder)
  }

  private var comparison: [[String]] {
    run.comparison.map { [$0.term, $0.source, text($0.estimate), text($0.standardError)] }
  }

  private func rows(of table: ContingencyTable) -> [[String]] {
    let width = table.columns.levels.count + 1
    var rows: [[String]] = []
    for (site, cells) in run.noisyTables.sorted(by: { $0.key < $1.key }) {
      // Sums of noisy cells would look as if they were counted: none is told.
      for (row, level) in table.rows.levels.enumerated() {
        let told = cells[row * (width - 1)..<(row + 1) * (width - 1)]
        rows.append([site, level] + told.map { "\($0)" } + [""])
      }
    }
    for (site, cells) in run.tables.sorted(by: { $0.key < $1.key }) {
      for (row, level) in (table.rows.levels + ["sum"]).enumerated() {
        let told = cells[row * width..<(row + 1) * width]
        rows.append([site, level] + told.map { cell in cell.map { "\($0)" } ?? "kept back" })
      }
    }
    return rows
  }

  private func write(
    _ name: String, in folder: URL, _ header: [String], _ rows: [[String]]
  ) throws {
    let table = try DelimitedWriter(
      to: .file(folder.appending(path: name).path), header: header)
    for row in rows { try table.write(row) }
    try table.finish()
  }

  // Every digit: another run must give the same text.
  private func text(_ value: Double) -> String { "\(value)" }

  /// What a reader is told.
  public func lines(folder: String) -> [String] {
    let persons = result.persons.values.reduce(0, +)
    var lines = [
      "\(result.study): \(persons) persons in \(result.sites.count) hospitals, "
        + "\(result.rounds) rounds"
    ]
    for (site, reason) in result.missing.sorted(by: { $0.key < $1.key }) {
      lines.append("INCOMPLETE: without \(site) (\(reason))")
    }
    lines.append("effects: \(folder)/effects.csv")
    return lines
  }

  /// The same for a program.
  public var summary: [String: String] {
    [
      "study": result.study, "digest": result.digest.hex, "rounds": "\(result.rounds)",
      "persons": "\(result.persons.values.reduce(0, +))", "sites": "\(result.sites.count)",
      "missing": result.missing.keys.sorted().joined(separator: " "),
    ]
  }
}
