public import Entities
import Featurization
import Fingerprints
public import Foundation
public import Molecules
import NeuralNetworks
public import Parallelism
public import PropertyModels
public import Provenance
import Tensors

/// What is to be trained.
public struct TrainingRequest: Sendable {
  /// The model's name, for its card.
  public var name: String
  /// What is predicted, and how structures are prepared.
  public var endpoint: ModelEndpoint
  /// How the networks are made.
  public var settings: EnsembleSettings
  /// Which columns hold what.
  public var columns: ActivityColumns
  /// The share kept for the test where the table has no split.
  public var testShare: Double

  /// Describes a training.
  public init(
    name: String, endpoint: ModelEndpoint, settings: EnsembleSettings = EnsembleSettings(),
    columns: ActivityColumns = ActivityColumns(), testShare: Double = 0.2
  ) {
    self.name = name
    self.endpoint = endpoint
    self.settings = settings
    self.columns = columns
    self.testShare = testShare
  }
}

/// What a training gave.
public struct TrainingOutcome: Sendable {
  /// The trained model.
  public let model: PropertyModel
  /// Predictions of the compounds kept for the test.
  public let test: [TestedCompound]
  /// Rows that could not be used.
  public let refused: [RefusedRecord]
  /// How rows were parted, in words.
  public let split: String
  /// Test compounds whose structure is in the training set too.
  public let leaked: Int
}

/// Trains a model from a table of activities; a killed training goes on with the next network.
public struct TrainingCampaign: Sendable {
  private let request: TrainingRequest
  private let pool: WorkerPool
  private let workFolder: URL

  /// Prepares a training.
  /// - Parameter workFolder: where finished networks are kept until the model stands.
  public init(_ request: TrainingRequest, pool: WorkerPool, workFolder: URL) {
    self.request = request
    self.pool = pool
    self.workFolder = workFolder
  }

  /// Reads, trains, calibrates and tests.
  /// - Parameter progress: told how many of how many networks are trained.
  public func run(
    on source: RecordSource, dataDigest: Digest, shouldStop: @Sendable () -> Bool = { false },
    progress: @Sendable (_ trained: Int, _ of: Int) -> Void = { _, _ in }
  ) throws -> TrainingOutcome {
    let table = try LoadedTable(source, columns: request.columns, request: request, pool: pool)
    let needed = 10 * request.settings.folds
    guard table.train.count >= needed else {
      throw TrainingError.tooFew(rows: table.train.count, needed: needed)
    }
    let recipe = request.settings.features
    let trainer = EnsembleTrainer(
      settings: request.settings, features: recipe.matrix(table.train.features),
      fingerprints: table.train.fingerprints(), compounds: table.train.compounds)
    let store = try NetworkStore(
      in: workFolder, key: try key(dataDigest), architecture: request.settings.architecture)
    let done = Counter()
    let jobs = trainer.jobs
    let networks = try pool.map(throwing: jobs.count) { index in
      let network = try store.network(jobs[index].name) {
        trainer.train(jobs[index], shouldStop: shouldStop)
      }
      progress(done.increment(), jobs.count)
      return network
    }
    let model = trainer.assemble(networks, endpoint: request.endpoint, using: pool)
    return TrainingOutcome(
      model: model, test: test(table.test, model), refused: table.refused,
      split: table.splitDescription, leaked: table.leaked)
  }

  /// Removes the stored networks, once the model stands.
  public func discardWork() { try? FileManager.default.removeItem(at: workFolder) }

  private func key(_ dataDigest: Digest) throws -> Digest {
    let settings = try StableJSON.encode(request.settings)
    let preparation = try StableJSON.encode(request.endpoint.preparation)
    return Digest(
      of: Data("\(dataDigest) \(request.columns) \(request.testShare) ".utf8) + settings
        + preparation)
  }

  private func test(_ table: PreparedTable, _ model: PropertyModel) -> [TestedCompound] {
    guard table.count > 0 else { return [] }
    let predictions = model.predictions(
      of: request.settings.features.matrix(table.features),
      fingerprints: table.words.map {
        Fingerprint(bitCount: FingerprintAlgorithm.ecfp4.bitCount, words: $0)
      }, using: pool)
    return zip(table.compounds, predictions).map {
      TestedCompound(compound: $0, prediction: $1.value, nearest: $1.nearest, inDomain: $1.inDomain)
    }
  }
}

/// A compound kept for the test, with what the model said of it.
public struct TestedCompound: Hashable, Sendable {
  /// The compound and its measured value.
  public let compound: MeasuredCompound
  /// The prediction.
  public let prediction: PredictedValue
  /// The most similar training compound; its value is the nearest-neighbour baseline.
  public let nearest: NearestMeasured
  /// Whether the compound lies in the model's domain.
  public let inDomain: Bool
}
