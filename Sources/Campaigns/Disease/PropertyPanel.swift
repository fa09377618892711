public import Entities
public import Foundation
public import Parallelism
import PropertyModels
import Records

/// What other models say of compounds, each beside what they say of drugs.
///
/// A predicted clearance is a number that few can judge; that nine in ten approved drugs have a lower
/// one, everybody can (Swanson et al., ADMET-AI, Bioinformatics 2024).
public struct PropertyPanel: Sendable {
  /// A prediction.
  public struct Reading: Hashable, Sendable {
    /// The endpoint with its unit, and the model's folder.
    public let endpoint: String, unit: String, model: String
    /// The prediction.
    public let value: PredictedValue
    /// The share of drugs with a lower prediction, 0 to 1; nil without drugs.
    public let percentile: Double?
  }

  private struct Member: Sendable {
    let name: String
    let folder: ModelFolder
    /// The drugs' predictions, task by task, sorted.
    var drugs: [[Double]] = []
  }

  private var members: [Member]
  private let pool: WorkerPool

  /// A panel of models.
  ///
  /// - Parameter drugs: structures to compare with, in any format that is read; nil for none.
  public init(models: [URL], drugs: URL?, pool: WorkerPool) throws {
    self.pool = pool
    members = try models.map {
      Member(name: $0.lastPathComponent, folder: try ModelFolder(at: $0, using: pool))
    }
    guard let drugs else { return }
    for place in members.indices {
      let model = members[place].folder.model
      var values = [[Double]](repeating: [], count: model.tasks.count)
      try PredictionCampaign(model: model, pool: pool).run(on: CompoundReader(.file(drugs.path))) {
        guard let compound = try? $0.outcome.get() else { return }
        for (task, value) in compound.tasks.enumerated() { values[task].append(value.value) }
      }
      members[place].drugs = values.map { $0.sorted() }
    }
  }

  /// The readings of compounds, in their order; a structure that a model cannot read has none of it.
  public func readings(of smiles: [String]) throws -> [[Reading]] {
    var all = [[Reading]](repeating: [], count: smiles.count)
    for member in members {
      for (place, values) in try values(smiles, member.folder).enumerated() {
        for (task, value) in (values ?? []).enumerated() {
          let endpoint = member.folder.model.tasks[task]
          let drugs = member.drugs.isEmpty ? [] : member.drugs[task]
          let below = drugs.count { $0 < value.value }
          all[place].append(
            Reading(
              endpoint: endpoint.name, unit: endpoint.unit, model: member.name, value: value,
              percentile: drugs.isEmpty ? nil : Double(below) / Double(drugs.count)))
        }
      }
    }
    return all
  }

  private func values(_ smiles: [String], _ folder: ModelFolder) throws -> [[PredictedValue]?] {
    try folder.model.outcomes(for: CompoundTable(smiles: smiles), using: pool).map {
      (try? $0.get())?.tasks.map(\.range)
    }
  }
}
