import Entities
public import Foundation
import Governance
public import Hospitals
public import Parallelism
public import Provenance
import Records
import Statistics

/// From reports of suspected side effects to the pairs of drug and event that stand out.
public struct SafetySignalCampaign: Sendable {
  /// How the reports are laid out.
  public enum Layout: String, CaseIterable, Sendable {
    /// FDA's quarterly files, AERS or FAERS, by their folders.
    case faers
    /// One row for each report, drug and event.
    case tall
    /// One row for each event, one column for each drug.
    case counts
    /// A hospital's tables of the Common Data Model.
    case omop
  }

  /// Files, or folders of FDA's files.
  public var reports: [String]
  /// Their layout.
  public var layout: Layout
  /// Which drugs of FDA's files are counted.
  public var role = AgencyReports.Role.primary
  /// By which name.
  public var naming = AgencyReports.Naming.ingredient
  /// How names are written before they are compared.
  public var style = NameRule.Style.normalised
  /// A table of names and what they stand for.
  public var mapping: String?
  /// `sex` in FDA's files, a column of a tall table; nil where nothing is stratified.
  public var strata: String?
  /// What is asked.
  public var question = SignalDetection.Question()
  private var model: ModelReports?

  /// Describes the work.
  public init(_ reports: [String], layout: Layout) {
    self.reports = reports
    self.layout = layout
  }

  /// Describes the work on a hospital's records, of which no small cell may be told.
  public init(_ model: ModelReports, question: SignalDetection.Question) {
    precondition(question.hidesSmallCells, "a hospital's records were not published")
    reports = []
    layout = .omop
    self.model = model
    self.question = question
  }

  /// Does it and writes the folder, whole or not at all.
  ///
  /// - Parameters:
  ///   - timing: gets a stage for reading, measuring and writing.
  ///   - progress: told of each table of a hospital before it is read.
  public func run(
    to folder: URL, pool: WorkerPool, timing: RunTiming, progress: (String) -> Void = { _ in }
  ) throws -> SafetySignalOutcome {
    var timing = timing
    let staged = try AtomicFolder(at: folder, replacing: .ifItHolds(RunRecord.fileName))
    let refused = try DelimitedWriter(
      to: .file(staged.file("refused.csv").path), header: ["file", "line", "code", "reason"])
    let reading = try timing.measure("read") {
      try read(progress) { file, record in
        try refused.write([file, "\(record.line)", record.reason.code, record.reason.description])
      }
    }
    try refused.finish()
    var question = question
    let names = try rule()
    if model == nil {
      question.drugs = question.drugs.map(names.standard)
      question.events = question.events.map(NameRule(style: style).standard)
    } else {
      question.drugs = question.drugs.map { Self.concept($0, reading.tally.drugs) }
      question.events = question.events.map { Self.concept($0, reading.tally.events) }
    }
    let detection = try timing.measure("measure") {
      try SignalDetection(reading.tally, question, pool: pool)
    }
    let outcome = SafetySignalOutcome(
      reading: reading, detection: detection, minimum: question.minimum)
    try timing.measure("write") {
      let table = try DelimitedWriter(
        to: .file(staged.file("signals.tsv").path), format: .tsv, header: SignalTable.header)
      for signal in detection.signals { try table.write(SignalTable.row(signal)) }
      try table.finish()
    }
    try AtomicFile.write(
      outcome.summary.map { $0 + "\n" }.joined(), to: staged.file("summary.txt"))
    try RunRecord(
      verb: "hospital signals", options: options(outcome),
      inputs: try inputs(),
      outputs: try ["signals.tsv", "refused.csv", "summary.txt"].map {
        try Artifact(fileAt: staged.file($0))
      }, counts: outcome.counts
    ).write(into: staged.staging)
    try timing.write(into: staged.staging)
    try staged.commit()
    return outcome
  }

  private func rule() throws -> NameRule {
    try mapping.map { try NameRule(style: style, mapping: .file($0)) } ?? NameRule(style: style)
  }

  /// A concept's whole name, by its number alone.
  private static func concept(_ text: String, _ names: [String]) -> String {
    names.first { $0 == text || $0.hasPrefix(text + " ") } ?? text
  }

  private func read(
    _ progress: (String) -> Void, refused: RefusedRows
  ) throws -> ReportReading {
    if let model { return try model.read(refused: refused, progress: progress) }
    switch layout {
    case .omop: preconditionFailure("a hospital's records are described by their tables")
    case .faers:
      guard strata == nil || strata == "sex" else {
        throw HospitalError("FDA's files are stratified by sex, not by \(strata ?? "")")
      }
      return try AgencyReports(
        folders: reports, role: role, naming: naming, names: try rule(),
        isStratifiedBySex: strata != nil
      ).read(refused: refused)
    case .tall:
      return try TallReports(
        reports.map { RecordSource.file($0) }, names: try rule(), stratum: strata
      ).read(refused: refused)
    case .counts:
      guard let only = reports.first, reports.count == 1, strata == nil else {
        throw HospitalError("a table of counts is one file and has no strata")
      }
      return try CountedReports(.file(only), names: try rule()).read(refused: refused)
    }
  }

  private func inputs() throws -> [Artifact] {
    if let model { return try model.tables.map { try model.folder.artifact(of: $0) } }
    let files = layout == .faers ? try AgencyReports(folders: reports).files() : reports
    return try (files + [mapping].compactMap { $0 }).map {
      try Artifact(fileAt: URL(filePath: $0))
    }
  }

  private func options(_ outcome: SafetySignalOutcome) -> [String: String] {
    var options = [
      "layout": layout.rawValue, "names": style.rawValue, "minimum": "\(question.minimum)",
      "denominator": outcome.reading.tally.denominator.rawValue,
      "truncation": question.truncation.rawValue,
      "hide_small_cells": "\(question.hidesSmallCells)",
    ]
    if layout == .faers {
      options["role"] = role.rawValue
      options["name_by"] = naming.rawValue
    }
    options["strata"] = strata
    if let model {
      options["cdm"] = model.folder.layout.version.rawValue
      options["tables"] = [model.drugTables, model.conditionTables].map(\.rawValue)
        .joined(separator: " ")
      options["washout"] = "\(model.washout)"
      options["after"] = "\(model.after)"
      options["strata"] = model.isStratifiedBySex ? "sex" : nil
    }
    if !question.drugs.isEmpty { options["drug"] = question.drugs.joined(separator: "; ") }
    if !question.events.isEmpty { options["event"] = question.events.joined(separator: "; ") }
    if let fit = outcome.detection.fit {
      let prior = fit.prior
      for (name, value) in [
        ("alpha1", prior.first.shape), ("beta1", prior.first.rate),
        ("alpha2", prior.second.shape), ("beta2", prior.second.rate), ("p", prior.share),
        ("negative_log_likelihood", fit.negativeLogLikelihood),
      ] {
        options["mixture_\(name)"] = "\(value)"
      }
    }
    return options
  }
}
