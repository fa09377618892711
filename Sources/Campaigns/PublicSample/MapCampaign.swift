public import Foundation
public import Governance
import Provenance
public import PublicSample
import Records

/// How much of a table's codes a mapping to an ontology covers.
public struct MapCampaign: Sendable {
  /// The table, and its column of codes.
  public var table: String, codes: String
  /// The mapping.
  public var mapping: String
  /// The column of weights, or one number for everybody.
  public var weight: String?, everybody: Double?
  /// The relations to follow.
  public var predicates = DiseaseMap.same
  /// The smallest group.
  public var rule = MinimumCell()

  /// Describes the work.
  public init(table: String, codes: String, mapping: String) {
    self.table = table
    self.codes = codes
    self.mapping = mapping
  }

  /// What came of it.
  public struct Outcome: Sendable {
    /// What is covered.
    public let coverage: DiseaseMap.Coverage
    /// The mapping.
    public let map: DiseaseMap
    /// Records with a code, and rows that were refused, by reason.
    public let records: Int, refused: [String: Int]
  }

  /// Does it.
  public func run() throws -> Outcome {
    let map = try DiseaseMap(path: mapping, predicates: predicates)
    var kinds: [String: SampleTable.Kind] = [codes: .optionalText]
    if let weight { kinds[weight] = .positive }
    let read = try SampleTable(.file(table), columns: kinds)
    let weights =
      weight.map { read.number($0).map { $0 ?? 0 } }
      ?? [Double](repeating: everybody ?? 1, count: read.rows)
    // A person's row may list several codes, as in `osong public need`.
    var (listed, counted): ([String], [Double]) = ([], [])
    for (text, weight) in zip(read.text(codes), weights) {
      for code in text.split(whereSeparator: { $0 == ";" || $0 == "|" }) {
        listed.append(String(code))
        counted.append(weight)
      }
    }
    let coverage = map.coverage(of: listed, weights: counted)
    return Outcome(
      coverage: coverage, map: map, records: coverage.codes.reduce(0) { $0 + $1.records },
      refused: read.refused.counts)
  }

  /// Writes the folder, whole or not at all.
  public func write(_ outcome: Outcome, to folder: URL) throws {
    let rows = outcome.coverage.table(rule: rule)
    guard !rows.isEmpty else {
      throw SampleError("nothing may be told: the table has fewer than \(rule.minimum) records")
    }
    var options = [
      "codes": codes, "minimum_cell": "\(rule.minimum)",
      "predicates": predicates.sorted().joined(separator: ","),
    ]
    options["weight"] = weight
    options["everybody"] = everybody.map { "\($0)" }
    var counts = outcome.refused
    counts["records"] = outcome.records
    counts["mapping rows used"] = outcome.map.used
    counts["mapping rows of other relations"] = outcome.map.otherRelations
    counts["mapping rows refused"] = outcome.map.refused.total
    try PublicFolder.write(
      [("codes.tsv", DiseaseMap.Coverage.header, rows)],
      record: RunRecord(
        verb: "public map", options: options,
        inputs: try [table, mapping].map { try Artifact(fileAt: URL(filePath: $0)) },
        counts: counts), to: folder)
  }
}
