import Featurization
public import Foundation
import Parallelism
public import PropertyModels
import Provenance
import Records

/// A folder of trained models, each known by what it was made of: the same data, recipe and seed are
/// never trained on twice.
public struct ModelShelf: Sendable {
  /// The folder.
  public let folder: URL
  private let recipe: ModelRecipe
  private let seed: UInt64

  /// A shelf, which need not exist.
  public init(at folder: URL, models: [StandardModel], seed: UInt64) {
    self.folder = folder
    recipe = StandardModel.recipe(
      of: models,
      StandardModel.Settings(features: models == [.network] ? Self.screening : .standard))
    self.seed = seed
  }

  /// What a network reads that screens from stored fingerprints.
  private static let screening = CompoundFeatures(fingerprints: .fourCounts)

  /// The model of a target's table, from the shelf or newly trained, with a share of its ring systems
  /// kept apart for the test.
  func model(
    of data: TargetTable, testShare: Double = 0.2, pool: WorkerPool,
    shouldStop: @escaping @Sendable () -> Bool,
    progress: @escaping @Sendable (String, Double) -> Void
  ) throws -> URL {
    let digest = try Digest(ofFileAt: data.table)
    let key = Digest(
      of: try StableJSON.encode(recipe)
        + Data("\(digest) \(testShare) \(seed) \(CodeVersion.current)".utf8))
    let url = folder.appending(path: "\(data.gene)-\(data.endpoint)-\(key.short).model")
    guard !FileManager.default.fileExists(atPath: url.path) else { return url }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var request = TrainingRequest(
      recipe: recipe, testShare: testShare, split: .scaffold, seed: seed)
    request.columns.values = [data.endpoint]
    let campaign = TrainingCampaign(
      request, pool: pool,
      workFolder: folder.appending(path: ".\(url.lastPathComponent).work"))
    let outcome = try campaign.run(
      on: .file(data.table.path), dataDigest: digest, shouldStop: shouldStop, progress: progress)
    let card = TrainingCard(
      name: "\(data.gene) \(data.endpoint)", data: try Artifact(fileAt: data.table),
      license: data.license, outcome: outcome,
      assessments: TestAssessment.all(
        of: outcome.test, by: outcome.model, rows: "test: \(outcome.split)", using: pool)
    ).card
    _ = try ModelFolder.write(outcome, card: card, to: url)
    campaign.discardWork()
    return url
  }
}

/// Measured activities on a target, as a table that a training reads.
public struct TargetTable: Hashable, Sendable {
  /// The target's symbol.
  public var gene: String
  /// The name of the column of values, such as `pIC50`.
  public var endpoint: String
  /// The table.
  public var table: URL
  /// How many compounds it has.
  public var compounds: Int
  /// The licence of the data.
  public var license: String

  /// Describes a table.
  public init(gene: String, endpoint: String, table: URL, compounds: Int, license: String) {
    self.gene = gene
    self.endpoint = endpoint
    self.table = table
    self.compounds = compounds
    self.license = license
  }
}
