public import Entities
public import Foundation
import Provenance
import PublicSample
public import TargetEvidence

/// The diseases of some files of evidence, the one with most people in need first, each with its best
/// target.
///
/// Need decides what is looked at first. It moves no target within its disease.
public struct DiseaseOverview: Sendable {
  /// A disease.
  public struct Row: Sendable {
    /// The disease.
    public let disease: EvidenceDisease
    /// What is known of its need; nil where nobody looked.
    public let need: DiseaseNeed?
    /// Its targets, in their order.
    public let targets: [RankedTarget]
  }

  /// The diseases.
  public let rows: [Row]
  /// Digests of what was read, by name.
  public let inputs: [(name: String, digest: String)]

  /// Reads evidence, and needs where `osong public need` told them.
  public init(evidence: [URL], need: URL?, wanted: Modulation?) throws {
    var diseases: [String: EvidenceDisease] = [:]
    for url in evidence {
      for (_, record) in try EvidenceFile(at: url).read().records {
        diseases[record.disease.id] = diseases[record.disease.id] ?? record.disease
      }
    }
    let needs = try need.map { try NeedTable.read(path: $0.path) } ?? []
    let order = NeedOrder(needs)
    var inputs: [(name: String, digest: String)] = []
    var rows: [Row] = []
    for id in diseases.keys.sorted() {
      let outcome = try TargetCampaign(evidence: evidence, disease: id, wanted: wanted).run()
      inputs = outcome.inputs
      rows.append(
        Row(disease: outcome.disease, need: order.need(of: id), targets: outcome.targets))
    }
    if let need {
      inputs.append((need.lastPathComponent, try Digest(ofFileAt: need).hex))
    }
    self.rows = order.ordered(rows) { $0.disease.id }
    self.inputs = inputs
  }
}
