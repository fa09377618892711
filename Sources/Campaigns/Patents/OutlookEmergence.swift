public import Foundation
public import Patents
import Provenance
public import Records

/// From documents with classes to the classes and pairs that grow, or that a corpus is rich in.
public struct EmergenceCampaign: Sendable {
  /// What the corpus is held against.
  public enum Against: Sendable {
    /// Its own earlier years: a window of years, up to a last one.
    case earlierYears(window: Int, last: Int?)
    /// Another corpus; no years are needed, and nothing is said about time.
    case corpus(RecordSource)
  }

  /// The table of document, class and year.
  public var source: RecordSource
  /// Its columns.
  public var columns = ClassCorpus.Columns()
  /// How much of a symbol is kept.
  public var depth = ClassCorpus.Depth.subclass
  /// What it is held against.
  public var against = Against.earlierYears(window: 3, last: nil)
  /// Whether pairs are looked at.
  public var countsPairs = true

  /// Describes the work.
  public init(_ source: RecordSource) { self.source = source }

  /// What came of it.
  public struct Outcome: Sendable {
    /// The findings.
    public let emergence: ClassEmergence
    /// What became of the rows of the inputs, in their order.
    public let rows: [OutlookRows]
  }

  /// Does it.
  public func run() throws -> Outcome {
    let corpus = try ClassCorpus(source, columns: columns, depth: depth)
    switch against {
    case .earlierYears(let window, let last):
      return Outcome(
        emergence: try ClassEmergence(
          of: corpus, window: window, last: last, countsPairs: countsPairs),
        rows: [corpus.rows])
    case .corpus(let other):
      let foreign = try ClassCorpus(other, columns: columns, depth: depth)
      return Outcome(
        emergence: ClassEmergence(of: corpus, against: foreign, countsPairs: countsPairs),
        rows: [corpus.rows, foreign.rows])
    }
  }

  /// Writes classes.tsv, pairs.tsv, refused.tsv and run.json.
  public func write(_ outcome: Outcome, to folder: URL) throws {
    let (emergence, text) = (outcome.emergence, OutlookFolder.text)
    let header = [
      "documents", "other_documents", "share", "other_share", "ratio", "lift", "p", "q",
    ]
    func row(_ finding: ClassComparison.Finding) -> [String] {
      finding.classes + [
        "\(finding.count)", "\(finding.otherCount)", text(finding.share), text(finding.otherShare),
        text(finding.ratio), text(finding.lift), text(finding.pValue), text(finding.qValue),
      ]
    }
    var sources = [source]
    var options = ["depth": depth.rawValue]
    switch against {
    case .earlierYears(let window, _):
      options["window"] = "\(window)"
      options["late"] = emergence.late.map { "\($0.lowerBound)-\($0.upperBound)" }
      options["early"] = emergence.early.map { "\($0.lowerBound)-\($0.upperBound)" }
    case .corpus(let other):
      options["against"] = other.fileName
      sources.append(other)
    }
    var counts = OutlookFolder.counts(outcome.rows)
    counts["documents"] = emergence.comparison.documents
    counts["other documents"] = emergence.comparison.otherDocuments
    counts["left out"] = emergence.leftOut
    try OutlookFolder.write(
      [
        .init(
          name: "classes.tsv", header: ["class"] + header,
          rows: emergence.comparison.classes.map(row)),
        .init(
          name: "pairs.tsv", header: ["class", "with"] + header,
          rows: emergence.comparison.pairs.map(row)),
        OutlookFolder.refused(zip(sources, outcome.rows).map { (source: $0, rows: $1) }),
      ],
      record: RunRecord(verb: "patents emergence", options: options, counts: counts),
      inputs: sources, to: folder)
  }
}
