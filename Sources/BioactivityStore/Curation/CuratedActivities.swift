import Foundation
public import Provenance

/// Which endpoints a curated set is of.
public enum EndpointChoice: Hashable, Sendable {
  /// One endpoint, as comparable as its assays are.
  case one(ActivityEndpoint)
  /// Ki, Kd and IC50 taken for one: an IC50 lies above its Ki by a factor that depends on the assay,
  /// about 2 in the median of ChEMBL (Kalliokoski et al. 2013).
  case anyInhibition

  /// The endpoints that are read.
  public var endpoints: [ActivityEndpoint] {
    switch self {
    case .one(let endpoint): [endpoint]
    case .anyInhibition: [.ki, .kd, .ic50]
    }
  }

  /// The column of the values: `pKi`, `pIC50`, `pKd`, `pEC50`, or `pActivity`.
  public var column: String {
    switch self {
    case .one(let endpoint): endpoint.logarithmicName
    case .anyInhibition: "pActivity"
    }
  }
}

/// One compound with what its measurements say together.
public struct CuratedActivity: Hashable, Sendable {
  /// The key of its standard InChI.
  public let id: String
  /// Its standardised structure.
  public let smiles: String
  /// Value, relation, count and spread.
  public let activity: MergedActivity
  /// The publications and patents, in order, each once.
  public let sources: [String]
}

/// A compound left out of a curated set.
public struct ConflictingCompound: Hashable, Sendable {
  /// The key of its standard InChI.
  public let id: String
  /// Its standardised structure.
  public let smiles: String
  /// Why its measurements say nothing together.
  public let conflict: ActivityConflict
}

/// The activities of one target, one row a compound, in the order of identifiers.
public struct CuratedActivities: Sendable {
  /// The target.
  public let target: TargetSummary
  /// What was asked for.
  public let endpoint: EndpointChoice
  /// What the values say of the target's activity; `unknown` where assays differ, or say nothing.
  public let direction: AssayDirection
  /// The compounds.
  public let rows: [CuratedActivity]
  /// The compounds that were left out.
  public let refused: [ConflictingCompound]
  /// How many measurements were read.
  public let measurements: Int
  /// The digests of the sources that were read, by the files' names.
  public let origins: [Artifact]

  /// The digest of what a model sees: identifiers, structures, values, relations.
  public var digest: Digest {
    var stream = DigestStream()
    stream.update(Data("\(target.uniprot)\t\(endpoint.column)\n".utf8))
    for row in rows {
      stream.update(Data("\(row.id)\t\(row.smiles)\t\(row.label)\n".utf8))
    }
    return stream.finish()
  }
}

extension CuratedActivity {
  /// The value with its sign, as `osong train` reads it: `7.30`, `>5.00`.
  public var label: String {
    (activity.relation == .equal ? "" : activity.relation.rawValue) + activity.value.decimals(3)
  }
}

extension Double {
  /// The number with a fixed count of decimals.
  func decimals(_ count: Int) -> String { String(format: "%.\(count)f", self) }
}
