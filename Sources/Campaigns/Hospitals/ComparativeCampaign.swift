public import Foundation
public import Governance
public import Hospitals
import Provenance
import Statistics

/// From a table of new users to hazard ratios between a treatment and its comparator.
public struct ComparativeCampaign: Sendable {
  /// The table, and its columns.
  public var path: String, treatment: String, outcomes: [CohortTable.Outcome], covariates: [String]
  /// How the penalty of the propensity score is chosen.
  public var penalty = PropensityModel.Penalty.crossValidated(folds: 10, seed: 1, .best)
  /// Who is left out, and how the rest are made comparable.
  public var trimming = Trimming.none, adjustment = Adjustment.matching(ratio: 1, caliper: 0.2)
  /// The least number of people that is told.
  public var minimum = MinimumCell()
  /// Where the reading is written down; nil for nowhere.
  public var journal: StudyJournal?

  /// Describes the work.
  public init(
    _ path: String, treatment: String, outcomes: [CohortTable.Outcome], covariates: [String]
  ) {
    self.path = path
    self.treatment = treatment
    self.outcomes = outcomes
    self.covariates = covariates
  }

  /// What came of it.
  public struct Outcome: Sendable {
    /// The study.
    public let study: ComparativeStudy
    /// A sentence or more for a reader.
    public let summary: [String]
    /// Rows that were refused.
    public let refused: Int
    let files: [StudyFile]
    let record: RunRecord

    /// Writes the folder.
    public func write(to folder: URL) throws {
      try StudyFile.write(files, record: record, to: folder)
    }
  }

  /// Reads, makes comparable, compares, and keeps back what is about too few.
  public func run() throws -> Outcome {
    try journal?.note("read for a comparison of new users", options)
    let table = try CohortTable(
      path, treatment: treatment, outcomes: outcomes, covariates: covariates)
    let study = try ComparativeStudy(
      table, penalty: penalty, trimming: trimming, adjustment: adjustment)
    let release = ComparativeRelease(study, minimum: minimum)
    let (files, lines) = try release.files(outcomes)
    var record = RunRecord(
      verb: "hospital cohort", options: options,
      inputs: [try Artifact(fileAt: URL(filePath: path))],
      counts: ["rows": table.rows, "rows refused": table.refused, "sets": study.sets.count])
    if case .crossValidated(_, let seed, _) = penalty { record.seed = seed }
    return Outcome(
      study: study, summary: lines, refused: table.refused, files: files, record: record)
  }

  private var options: [String: String] {
    var options = [
      "treatment": treatment, "covariates": covariates.joined(separator: ","),
      "outcomes": outcomes.map(\.event).joined(separator: ","), "minimum": "\(minimum.minimum)",
    ]
    switch penalty {
    case .given(let value): options["penalty"] = "\(value)"
    case .crossValidated(let folds, _, let choice):
      options["penalty"] = "cross-validated, \(folds) folds, \(choice.rawValue)"
    }
    options["adjustment"] =
      switch adjustment {
      case .matching(let ratio, let caliper): "matching 1:\(ratio), caliper \(caliper)"
      case .strata(let number): "\(number) strata"
      case .none: "none"
      }
    options["trimming"] =
      switch trimming {
      case .none: "none"
      case .equipoise: "equipoise"
      case .commonSupport: "common support"
      }
    return options
  }
}
