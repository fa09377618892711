public import Foundation
import Hospitals
import Provenance
import Records
public import Statistics

/// From a table of estimates, some of them of negative controls, to calibrated ones.
public struct CalibrationCampaign: Sendable {
  /// Which rows are negative controls.
  public enum Controls: Sendable {
    /// Those with this text in this column.
    case column(String, value: String)
    /// Those named in a file, one a line.
    case file(String)
  }

  /// The table of estimates: a name, log ratio and standard error by row.
  public var path: String
  /// The columns.
  public var name: String, logRatio: String, standardError: String
  /// Which rows are negative controls.
  public var controls: Controls
  /// A column with the true log ratio of controls of known effect; empty where it is not known.
  public var truth: String?
  /// How p-values of many outcomes are held to account.
  public var multiplicity = Multiplicity.holm

  /// Describes the work.
  public init(
    _ path: String, name: String, logRatio: String, standardError: String, controls: Controls,
    truth: String? = nil
  ) {
    self.path = path
    self.name = name
    self.logRatio = logRatio
    self.standardError = standardError
    self.controls = controls
    self.truth = truth
  }

  /// One estimate.
  public struct Row: Sendable {
    /// Its name and what was estimated.
    public let name: String, estimate: StudyEstimate
    /// Whether it is a negative control.
    public let isControl: Bool
    /// The true log ratio, where the table knows one.
    public let truth: Double?
  }

  /// What came of it.
  public struct Outcome: Sendable {
    /// The rows.
    public let rows: [Row]
    /// Rows without an estimate.
    public let refused: Int
    /// The systematic error.
    public let error: SystematicError
    /// How it grows with the effect; nil without controls of known effect.
    public let model: SystematicErrorModel?
    let files: [StudyFile]
    let record: RunRecord

    /// Writes the folder, with pictures if there are any.
    public func write(to folder: URL, pictures: [(name: String, text: String)] = []) throws {
      try StudyFile.write(files, texts: pictures, record: record, to: folder)
    }
  }

  /// Reads and calibrates.
  public func run() throws -> Outcome {
    let (rows, refused) = try read()
    let controls = rows.filter(\.isControl)
    let error = try SystematicError(negativeControls: controls.map(\.estimate))
    let known = rows.compactMap { row in
      row.isControl
        ? SystematicErrorModel.Control(row.estimate, trueLogRatio: 0)
        : row.truth.map { SystematicErrorModel.Control(row.estimate, trueLogRatio: $0) }
    }
    let model =
      known.contains { $0.trueLogRatio != 0 } ? try SystematicErrorModel(known) : nil
    var counts = [
      "estimates": rows.count, "rows refused": refused, "negative controls": controls.count,
    ]
    if model != nil { counts["controls of known effect"] = known.count - controls.count }
    var options = ["multiplicity": multiplicity.rawValue]
    switch self.controls {
    case .column(let column, let value): options["controls"] = "\(column)=\(value)"
    case .file(let path): options["controls"] = URL(filePath: path).lastPathComponent
    }
    if let truth { options["true-effect"] = truth }
    return Outcome(
      rows: rows, refused: refused, error: error, model: model,
      files: [estimates(rows, error, model), try left(controls), summary(error, model)],
      record: RunRecord(
        verb: "hospital calibrate", options: options, inputs: try inputs(), counts: counts))
  }

  private func inputs() throws -> [Artifact] {
    var paths = [path]
    if case .file(let list) = controls { paths.append(list) }
    return try paths.map { try Artifact(fileAt: URL(filePath: $0)) }
  }

  private func read() throws -> (rows: [Row], refused: Int) {
    var wanted = [name, logRatio, standardError]
    var listed: Set<String>?
    switch controls {
    case .column(let column, _): wanted.append(column)
    case .file(let list):
      guard let text = try? String(contentsOfFile: list, encoding: .utf8) else {
        throw HospitalError("\(list): the list of controls cannot be read")
      }
      listed = Set(text.split(whereSeparator: \.isNewline).map(String.init))
    }
    if let truth { wanted.append(truth) }
    let table = try TableReader(RecordSource(argument: path))
    let places = try wanted.map { column in
      guard let place = table.header.firstIndex(of: column) else {
        throw HospitalError(
          "\(path): no column \(column) among \(table.header.prefix(12).joined(separator: ", "))")
      }
      return place
    }
    var rows: [Row] = []
    var refused = 0
    while let next = try table.next() {
      guard case .row(let row) = next,
        let ratio = Double(row.fields[places[1]]), let error = Double(row.fields[places[2]]),
        let estimate = StudyEstimate(logRatio: ratio, standardError: error)
      else {
        refused += 1
        continue
      }
      let name = row.fields[places[0]]
      var isControl = listed?.contains(name) ?? false
      if case .column(_, let value) = controls { isControl = row.fields[places[3]] == value }
      let known = truth == nil ? nil : Double(row.fields[places[places.count - 1]])
      rows.append(Row(name: name, estimate: estimate, isControl: isControl, truth: known))
    }
    return (rows, refused)
  }

  private func estimates(
    _ rows: [Row], _ error: SystematicError, _ model: SystematicErrorModel?
  ) -> StudyFile {
    var file = StudyFile(
      "calibrated.tsv",
      [
        "name", "negative_control", "log_ratio", "standard_error", "p", "calibrated_p",
        "calibrated_log_ratio", "calibrated_standard_error", "calibrated_ratio",
        "calibrated_lower", "calibrated_upper", "adjusted_p",
      ])
    // Controls are no questions: the family is what was asked.
    let asked = rows.filter { !$0.isControl && $0.truth == nil }
    var adjusted = multiplicity.adjusted(asked.map { error.pValue($0.estimate) })[...]
    for row in rows {
      let isAsked = !row.isControl && row.truth == nil
      let found =
        model.map { $0.calibrated(row.estimate) } ?? error.calibrated(row.estimate)
      let numbers =
        found.map {
          [
            $0.logRatio, $0.standardError, exp($0.logRatio), exp($0.interval.lower),
            exp($0.interval.upper),
          ].map { "\($0)" }
        } ?? [String](repeating: "", count: 5)
      file.rows.append(
        [
          row.name, row.isControl ? "1" : "0", "\(row.estimate.logRatio)",
          "\(row.estimate.standardError)", "\(row.estimate.pValue)",
          "\(error.pValue(row.estimate))",
        ] + numbers + [isAsked ? adjusted.popFirst().map { "\($0)" } ?? "" : ""])
    }
    return file
  }

  /// Each control by the others' distribution; without a control to spare the column is empty.
  private func left(_ controls: [Row]) throws -> StudyFile {
    var file = StudyFile(
      "controls.tsv", ["name", "log_ratio", "standard_error", "p", "left_out_p"])
    let spare = controls.count > SystematicError.fewestControls
    let pValues = spare ? try SystematicError.leavingOneOut(controls.map(\.estimate)) : []
    for (place, row) in controls.enumerated() {
      file.rows.append([
        row.name, "\(row.estimate.logRatio)", "\(row.estimate.standardError)",
        "\(row.estimate.pValue)", spare ? "\(pValues[place])" : "",
      ])
    }
    return file
  }

  private func summary(_ error: SystematicError, _ model: SystematicErrorModel?) -> StudyFile {
    var file = StudyFile("error.tsv", ["parameter", "value"])
    file.rows = [
      ["mean", "\(error.mean)"], ["deviation", "\(error.deviation)"],
      ["expected absolute", "\(error.expectedAbsolute)"],
    ]
    if let model {
      file.rows += [
        ["mean, intercept", "\(model.meanIntercept)"], ["mean, slope", "\(model.meanSlope)"],
        ["deviation, intercept", "\(model.deviationIntercept)"],
        ["deviation, slope", "\(model.deviationSlope)"],
      ]
    }
    return file
  }
}
