import Entities
public import Foundation
public import Governance
import Provenance
public import PublicSample
import Records
public import Statistics
import TargetEvidence

/// From a public sample to a table of diseases by unmet need.
public struct NeedCampaign: Sendable {
  /// Where the people stand.
  public enum Source: Sendable {
    /// One table, a person a row.
    case table(String, TablePeople, DesignColumns)
    /// The published tables of a sample.
    case files([LayoutFile], everybody: Double?, isStratified: Bool, singleUnits: SingleUnitRule)
  }

  /// Where the people stand.
  public var source: Source
  /// The table of diseases.
  public var diseases: String
  /// A mapping from the tables' drug codes to those of the diseases: two columns.
  public var drugCodes: String?
  /// The standard population; nil for none.
  public var standard: StandardPopulation?
  /// The smallest group.
  public var rule = MinimumCell()

  /// Describes the work.
  public init(_ source: Source, diseases: String) {
    self.source = source
    self.diseases = diseases
    standard = .world
  }

  /// What came of it.
  public struct Outcome: Sendable {
    /// The diseases, the one with the most people in need first.
    public let diseases: [(cascade: TreatmentCascade, release: CascadeRelease)]
    /// People in the sample, and what became of each file's rows.
    public let people: Int, accounts: [SampleFiles.Account]
    /// Rows of a plain table that were refused, by reason.
    public let refused: [String: Int]
  }

  /// Does it.
  public func run() throws -> Outcome {
    let definitions = try DiseaseDefinition.read(path: diseases)
    let codes = try drugCodes.map { try Self.pairs(of: $0) }
    let (people, design): (SampleFiles.People, SurveyDesign)
    var accounts: [SampleFiles.Account] = []
    var refused: [String: Int] = [:]
    switch source {
    case .table(let path, let columns, let drawn):
      let kinds = try EstimateCampaign.kinds([drawn.kinds, columns.kinds(for: definitions)])
      let table = try SampleTable(.file(path), columns: kinds)
      people = try columns.people(of: table, diseases: definitions, drugCodes: codes)
      design = try drawn.design(of: table)
      refused = table.refused.counts
    case .files(let files, let everybody, let isStratified, let singleUnits):
      (people, accounts) = try SampleFiles(
        files: files, diseases: definitions, drugCodes: codes
      ).read()
      design = try SampleFiles.design(
        of: people, everybody: everybody, isStratified: isStratified, singleUnits: singleUnits)
    }
    let cascades = try definitions.enumerated().map { place, definition in
      try TreatmentCascade(
        definition, at: place, of: people, design: design, standard: standard)
    }
    let releases = CascadeRelease.judge(cascades, rows: people.count, rule: rule)
    guard releases.contains(where: \.prevalence) else {
      throw SampleError(
        "nothing may be told: no disease has \(rule.minimum) people in the sample, and as many "
          + "without it")
    }
    // A need that is kept back must not show in the order.
    let told = zip(cascades, releases).compactMap { $1.unmet ? $0.need : nil }
    let ordered = NeedOrder(told).ordered(
      zip(cascades, releases).map { (cascade: $0, release: $1) }
    ) { $0.cascade.definition.disease.id }
    return Outcome(
      diseases: ordered, people: people.count, accounts: accounts, refused: refused)
  }

  /// A mapping of two columns; a code that stands for two things stands for none.
  private static func pairs(of path: String) throws -> [String: String] {
    let table = try TableReader(.file(path))
    guard table.header.count == 2 else { throw SampleError("\(path) has not two columns") }
    var pairs: [String: String] = [:]
    while let row = try table.next() {
      guard case .row(let row) = row else {
        throw SampleError("\(path) has a row that cannot be read")
      }
      guard pairs.updateValue(row.fields[1], forKey: row.fields[0]) == nil else {
        throw SampleError("\(path): line \(row.line) maps \(row.fields[0]) again")
      }
    }
    return pairs
  }

  private var inputs: [String] {
    let people =
      switch source {
      case .table(let path, _, _): [path]
      case .files(let files, _, _, _): files.map(\.path)
      }
    return people + [diseases] + [drugCodes].compactMap { $0 }
  }

  /// Writes the folder, whole or not at all.
  public func write(_ outcome: Outcome, to folder: URL) throws {
    var options = [
      "minimum_cell": "\(rule.minimum)",
      "standard": standard.map { $0 == .world ? "WHO world" : "given" } ?? "none",
    ]
    switch source {
    case .table(_, let columns, let drawn):
      options["diagnoses"] = columns.diagnoses
      options["drugs"] = columns.drugs
      options["age"] = columns.age
      options["weight"] = drawn.weight
      options["strata"] = drawn.strata
      options["everybody"] = drawn.everybody.map { "\($0)" }
    case .files(let files, let everybody, let isStratified, _):
      options["layouts"] = files.map(\.layout.rawValue).joined(separator: ",")
      options["everybody"] = everybody.map { "\($0)" }
      options["stratified"] = "\(isStratified)"
    }
    var counts = outcome.refused
    counts["people"] = outcome.people
    for account in outcome.accounts {
      counts["\(account.layout.rawValue) taken", default: 0] += account.taken
      for (reason, count) in account.refused {
        counts["\(account.layout.rawValue) \(reason)", default: 0] += count
      }
    }
    try PublicFolder.write(
      [
        (
          "need.tsv", NeedTable.header,
          outcome.diseases.map { NeedTable.row($0.cascade, $0.release) }
        )
      ],
      record: RunRecord(
        verb: "public need", options: options,
        inputs: try inputs.map { try Artifact(fileAt: URL(filePath: $0)) }, counts: counts),
      to: folder)
  }
}
