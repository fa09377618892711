public import Entities
import Foundation
import Provenance
public import TargetEvidence

/// From calibrated effects of drugs and tables of what drugs act on to evidence for targets.
public struct DrugEffectCampaign: Sendable {
  /// The table of calibrated estimates; nil where there is none, which is refused.
  public var estimates: String?
  /// Tables of drugs and targets.
  public var targets: [String]
  /// A table of genes' numbers and symbols, for DrugCentral's and DrugBank's tables.
  public var symbols: String?
  /// A table of drugs' numbers and names, for DrugBank's.
  public var drugNames: String?
  /// The consents under which people's records were read, or `published`.
  public var snapshot: String

  /// Describes the work.
  public init(
    estimates: String?, targets: [String], symbols: String? = nil, drugNames: String? = nil,
    snapshot: String
  ) {
    self.estimates = estimates
    self.targets = targets
    self.symbols = symbols
    self.drugNames = drugNames
    self.snapshot = snapshot
  }

  /// What came of it.
  public struct Outcome: Sendable {
    /// The evidence, and what made none.
    public let evidence: DrugEffectEvidence
    /// Estimates that were read.
    public let effects: Int
    /// Lines of all tables that were not taken, by file.
    public let refused: [(file: String, record: RefusedRecord)]
  }

  /// Joins the tables.
  public func run() throws -> Outcome {
    guard let estimates else { throw EvidenceError.file(CalibratedEffect.demand) }
    let read = try CalibratedEffect.read(estimates)
    var refused = read.refused.map { (file: Self.name(estimates), record: $0) }
    var known: [DrugTarget] = []
    for path in targets {
      let table = try DrugTargetTable(reading: path, symbols: symbols, names: drugNames)
      known += table.targets
      refused += table.refused.map { (file: Self.name(path), record: $0) }
    }
    var inputs: [String: String] = [:]
    for path in [estimates] + targets + [symbols, drugNames].compactMap({ $0 }) {
      inputs[Self.name(path)] = try Digest(ofFileAt: URL(filePath: path)).hex
    }
    let evidence = DrugEffectEvidence(read.effects, known, snapshot: snapshot, inputs: inputs)
    refused += evidence.refused.map { (file: Self.name(estimates), record: $0) }
    return Outcome(evidence: evidence, effects: read.effects.count, refused: refused)
  }

  private static func name(_ path: String) -> String { URL(filePath: path).lastPathComponent }
}
