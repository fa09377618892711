import Entities
public import Foundation
import Molecules
public import Parallelism
public import PropertyModels
public import Provenance
import Records

/// A model as it stands on disk: weights, measured compounds, card, and the test it was judged by.
public struct ModelFolder: Sendable {
  /// The predictor.
  public let model: CalibratedModel
  /// What is known of it.
  public let card: ModelCard
  /// The compounds it was tested on; empty when there were none.
  public let test: [TestedCompound]
  /// Stands for the whole model.
  public let digest: Digest

  /// The table of the test's predictions.
  public static let testFile = "test.csv"

  /// Puts together what is in no folder of its own, such as a model made for one screen.
  init(model: CalibratedModel, card: ModelCard, test: [TestedCompound], digest: Digest) {
    self.model = model
    self.card = card
    self.test = test
    self.digest = digest
  }

  /// Reads a model folder.
  public init(at folder: URL, using pool: WorkerPool) throws {
    model = try CalibratedModel(at: folder, using: pool)
    digest = try TrainedModel.manifestDigest(of: folder)
    do {
      card = try StableJSON.decode(
        ModelCard.self, at: folder.appending(path: ModelCard.fileName))
    } catch { throw ModelError.damaged(file: ModelCard.fileName, reason: "it cannot be read") }
    let url = folder.appending(path: Self.testFile)
    test = FileManager.default.fileExists(atPath: url.path) ? try Self.readTest(url) : []
  }

  /// Writes a trained model as a whole folder, or not at all.
  public static func write(
    _ outcome: TrainingOutcome, card: ModelCard, to folder: URL
  ) throws -> Digest {
    let staged = try AtomicFolder(at: folder, replacing: .ifItHolds(ModelCard.fileName))
    let staging = staged.staging
    try outcome.model.write(into: staging)
    try card.write(into: staging)
    if !outcome.test.isEmpty { try writeTest(outcome.test, to: staging.appending(path: testFile)) }
    let digest = try TrainedModel.manifestDigest(of: staging)
    try staged.commit()
    return digest
  }

  /// Copies a model folder as a whole, or not at all.
  static func copy(
    _ model: URL, to target: URL, replacing rule: AtomicFolder.Replacement
  ) throws {
    let staged = try AtomicFolder(at: target, replacing: rule)
    let files = FileManager.default
    for name in try files.contentsOfDirectory(atPath: model.path).sorted()
    where !name.hasPrefix(".") {
      try files.copyItem(at: model.appending(path: name), to: staged.file(name))
    }
    try staged.commit()
  }

  private static let header = [
    "task", "id", "smiles", "measured", "predicted", "unc", "lo", "hi", "nn_id", "nn_smiles",
    "nn_sim", "nn_value", "in_domain",
  ]

  private static func writeTest(_ test: [TestedCompound], to url: URL) throws {
    let writer = try DelimitedWriter(to: .file(url.path), header: header)
    for tested in test {
      let prediction = tested.prediction
      let numbers = [
        tested.measured, prediction.value, prediction.uncertainty, prediction.lower,
        prediction.upper,
      ]
      let nearest = tested.nearest
      try writer.write(
        [tested.task, tested.id, tested.smiles] + numbers.map { "\($0)" }
          + [
            nearest.id, nearest.smiles, "\(nearest.similarity)",
            nearest.value.isNaN ? "" : "\(nearest.value)", "\(tested.inDomain)",
          ])
    }
    try writer.finish()
  }

  private static func readTest(_ url: URL) throws -> [TestedCompound] {
    let table = try TableReader(.file(url.path))
    var test: [TestedCompound] = []
    while let row = try table.next() {
      guard table.header == header, case .row(let row) = row else {
        throw ModelError.damaged(file: testFile, reason: "a row cannot be read")
      }
      let fields = row.fields
      let numbers = [3, 4, 5, 6, 7, 10].compactMap { Double(fields[$0]) }
      guard numbers.count == 6, fields[11].isEmpty || Double(fields[11]) != nil else {
        throw ModelError.damaged(file: testFile, reason: "line \(row.line) lacks a number")
      }
      test.append(
        TestedCompound(
          task: fields[0], id: fields[1], smiles: fields[2], measured: numbers[0],
          prediction: PredictedValue(
            value: numbers[1], uncertainty: numbers[2], lower: numbers[3], upper: numbers[4]),
          nearest: NearestMeasured(
            id: fields[8], smiles: fields[9], similarity: numbers[5],
            value: Double(fields[11]) ?? .nan),
          inDomain: fields[12] == "true"))
    }
    return test
  }
}
