import Entities
import Screening

/// The columns of the table of hits, in their order; the raw value is the cells' class.
enum HitColumn: String, CaseIterable, Sendable {
  case rank, structure, compound, prediction, nearest, domain
  case mw, logp, tpsa, hbd, hba, rotb, qed
  case alerts, scaffold, reason

  /// The heading.
  func title(_ endpoint: ReportEndpoint) -> String {
    switch self {
    case .rank: "Rank"
    case .structure: "Structure"
    case .compound: "Compound"
    case .prediction: "Predicted \(endpoint.name)"
    case .nearest: "Nearest measured"
    case .domain: "In domain"
    case .alerts: "Alerts"
    case .scaffold: "Scaffold"
    case .reason: "Why here"
    default: property?.name ?? ""
    }
  }

  /// What the heading means, where it is short.
  var hint: String? {
    switch self {
    case .nearest: "Sorts by similarity to the nearest measured compound (Tanimoto, 0 to 1)"
    case .domain: "Whether the model's applicability domain covers the compound"
    default: property?.title
    }
  }

  /// The property a column shows, if it shows one.
  var property: CompoundProperty? {
    switch self {
    case .mw: .molecularWeight
    case .logp: .logP
    case .tpsa: .polarSurfaceArea
    case .hbd: .donors
    case .hba: .acceptors
    case .rotb: .rotatableBonds
    case .qed: .drugLikeness
    default: nil
    }
  }

  /// A drawing has no order.
  var isSortable: Bool { self != .structure }

  /// Whether the column sorts as numbers.
  var isNumeric: Bool {
    switch self {
    case .structure, .compound, .scaffold, .reason: false
    default: true
    }
  }

  /// The number a cell sorts by, where its text does not say it alone.
  func sortKey(_ hit: Hit) -> String? {
    switch self {
    case .prediction: NumberText.plain(hit.prediction.value, decimals: 6)
    case .nearest: NumberText.plain(hit.nearest.similarity, decimals: 6)
    case .domain: hit.inDomain ? "1" : "0"
    case .alerts: String(hit.alerts.count)
    case .rank: String(hit.rank)
    default: property.map { NumberText.plain($0.value(of: hit.properties), decimals: 4) }
    }
  }
}
