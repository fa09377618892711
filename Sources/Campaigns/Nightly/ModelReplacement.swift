public import Evaluation
public import Foundation
public import Parallelism
import PropertyModels
import Provenance

/// Puts a model in the place of another, if it is shown to be no worse.
public struct ModelReplacement: Sendable {
  /// What came of a comparison.
  public enum Verdict: Sendable {
    /// Too few compounds were measured that neither model learned from.
    case tooFew(compounds: Int)
    /// The comparison.
    case compared(ModelChallenge)
  }

  /// What was found.
  public let verdict: Verdict
  private let old: URL
  private let new: URL

  /// Compares two model folders on measured compounds that neither learned from.
  ///
  /// - Parameter task: the name of the task; nil for the old model's first.
  public init(
    of old: URL, by new: URL, results: URL, task: String?, margin: Double, pool: WorkerPool
  ) throws {
    self.old = old
    self.new = new
    let models = try [old, new].map { try ModelFolder(at: $0, using: pool).model }
    let name = task ?? models[0].tasks[0].name
    let rows = try zip(models, [old, new]).map { model, url in
      guard let number = model.tasks.firstIndex(where: { $0.name == name }) else {
        throw NightError.noTask(
          screen: url.lastPathComponent, task: name, known: model.tasks.map(\.name))
      }
      return try MeasuredResults(at: results, model: model, task: number, pool: pool).check.rows
    }
    let first = Dictionary(rows[0].map { ($0.id, $0) }, uniquingKeysWith: { one, _ in one })
    var errors: (old: [Double], new: [Double]) = ([], [])
    var seen = Set<String>()
    for row in rows[1] where seen.insert(row.id).inserted {
      guard let other = first[row.id] else { continue }
      errors.old.append(other.measured - other.predicted)
      errors.new.append(row.measured - row.predicted)
    }
    let challenge = ModelChallenge(old: errors.old, new: errors.new, margin: margin)
    verdict = challenge.map(Verdict.compared) ?? .tooFew(compounds: errors.old.count)
  }

  /// Whether the new model may stand in the old one's place.
  public var isAllowed: Bool {
    guard case .compared(let challenge) = verdict else { return false }
    return challenge.isNoWorse
  }

  /// Puts a copy of the new model in the place of the old one, at one instant.
  public func replace() throws {
    precondition(isAllowed, "a model that is not shown to be no worse")
    try ModelFolder.copy(new, to: old, replacing: .ifItHolds(ModelCard.fileName))
  }
}
