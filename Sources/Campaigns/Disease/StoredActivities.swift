public import BioactivityStore
public import Entities
public import Foundation
import Provenance
import Records

/// Measured activities on targets, as tables to train on.
public struct StoredActivities: ActivitySource {
  private let store: BioactivityStore

  /// The activities of a store.
  public init(in store: BioactivityStore) { self.store = store }

  /// Writes a target's table into a folder: the endpoint with most compounds, or Ki, Kd and IC50 taken
  /// for one where none of them has enough alone.
  ///
  /// For an activator only values count whose assays say that they are of activation. Nil where fewer
  /// compounds than `least` have a value that is no bound.
  public func table(
    of target: EvidenceTarget, to modulation: Modulation, least: Int, in folder: URL
  ) throws -> TargetTable? {
    let choices: [EndpointChoice] =
      modulation == .activate
      ? [.one(.ec50)] : [.one(.ic50), .one(.ki), .one(.kd), .anyInhibition]
    var best: CuratedActivities?
    for choice in choices {
      guard let set = try curated(target.symbol, choice) else { return nil }
      if modulation == .activate, set.direction != .activation { continue }
      let isMixed = choice == .anyInhibition
      if isMixed, best.map({ $0.exact >= least }) ?? false { continue }
      if set.exact > best?.exact ?? 0 { best = set }
    }
    guard let best, best.exact >= least else { return nil }
    let data = folder.appending(path: "data")
    try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
    let url = data.appending(
      path: "\(target.symbol)-\(best.endpoint.column)-\(best.digest.short).csv")
    try best.write(to: .file(url.path))
    return TargetTable(
      gene: target.symbol, endpoint: best.endpoint.column, table: url, compounds: best.rows.count,
      license: "as the sources state: \(best.origins.map(\.name).joined(separator: ", "))")
  }

  /// A target's activities; nil for one that the store does not know.
  private func curated(
    _ symbol: String, _ choice: EndpointChoice
  ) throws(BioactivityError) -> CuratedActivities? {
    do { return try store.curated(target: symbol, endpoint: choice) } catch {
      // A pattern in the catch clause brings Swift 6.3.1 to a stop.
      if case .unknownTarget = error { return nil }
      throw error
    }
  }
}

extension CuratedActivities {
  /// How many compounds have a value, and not only a bound.
  fileprivate var exact: Int { rows.count { $0.activity.relation == .equal } }
}
