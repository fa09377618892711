public import Entities
public import Foundation
import Provenance
import Records
public import TargetEvidence

/// The ranking of a disease's targets from files of evidence, with what is known of them besides.
public struct TargetCampaign: Sendable {
  /// The files of evidence.
  public var evidence: [URL]
  /// The disease's identifier.
  public var disease: String
  /// What the screen looks for.
  public var wanted: Modulation?
  /// A list of targets for which small molecules are feasible.
  public var tractable: URL?
  /// Cited effects of genes' products on one another: source, target, effect, citation.
  public var pathways: URL?

  /// Describes the work.
  public init(
    evidence: [URL], disease: String, wanted: Modulation?, tractable: URL? = nil,
    pathways: URL? = nil
  ) {
    self.evidence = evidence
    self.disease = disease
    self.wanted = wanted
    self.tractable = tractable
    self.pathways = pathways
  }

  /// What came of it.
  public struct Outcome: Sendable {
    /// The targets.
    public let targets: [RankedTarget]
    /// The disease.
    public let disease: EvidenceDisease
    /// Lines that were not taken, and records that were withdrawn.
    public let refused: Int, retracted: Int
    /// Digests of what was read, by name.
    public let inputs: [(name: String, digest: String)]
  }

  /// Ranks.
  public func run() throws -> Outcome {
    var records: [(id: String, record: EvidenceRecord)] = []
    var (refused, retracted) = (0, 0)
    var inputs: [(name: String, digest: String)] = []
    for url in evidence {
      let contents = try EvidenceFile(at: url).read()
      records += contents.records
      refused += contents.refused.count
      retracted += contents.retractions.count
      inputs.append((url.lastPathComponent, try Digest(ofFileAt: url).hex))
    }
    var context = TargetContext()
    if let tractable {
      let lines = try String(contentsOf: tractable, encoding: .utf8).split(
        whereSeparator: \.isNewline)
      context.tractable = Set(lines.map { $0.trimmingCharacters(in: .whitespaces) })
      inputs.append((tractable.lastPathComponent, try Digest(ofFileAt: tractable).hex))
    }
    if let pathways {
      context.edges = try Self.edges(pathways)
      inputs.append((pathways.lastPathComponent, try Digest(ofFileAt: pathways).hex))
    }
    // The same record in two files is one.
    var seen = Set<String>()
    records = records.filter { seen.insert($0.id).inserted }
    let targets = try TargetRanking(context: context)
      .rank(records, disease: disease, wanted: wanted)
    let name = records.first { $0.record.disease.id == disease }?.record.disease
    return Outcome(
      targets: targets, disease: name ?? EvidenceDisease(id: disease, name: disease),
      refused: refused, retracted: retracted, inputs: inputs)
  }

  private static func edges(_ url: URL) throws -> [PathwayEdge] {
    let table = try TableReader(.file(url.path))
    let names = ["source", "target", "effect", "citation"]
    let places = names.compactMap { table.header.firstIndex(of: $0) }
    guard places.count == names.count else {
      throw EvidenceError.table(url.path, "needs the columns \(names.joined(separator: ", "))")
    }
    var edges: [PathwayEdge] = []
    while let row = try table.next() {
      guard case .row(let row) = row else {
        throw EvidenceError.table(url.path, "has a row that cannot be read")
      }
      let fields = places.map { row.fields[$0] }
      guard ["activates", "inhibits"].contains(fields[2]), !fields[3].isEmpty else {
        throw EvidenceError.table(
          url.path, "line \(row.line): an effect is `activates` or `inhibits`, and has a citation")
      }
      edges.append(
        PathwayEdge(
          source: fields[0], target: fields[1], activates: fields[2] == "activates",
          citation: fields[3]))
    }
    return edges
  }
}
