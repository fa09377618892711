import Featurization
public import Foundation
import Molecules
public import Parallelism

extension CalibratedModel {
  private static let file = "calibration.json"
  private static let compoundsFile = "compounds.json"

  private struct Notes: Codable {
    var calibrations: [TaskCalibration]
    var domainThreshold: Double
    var preparation: CompoundPreparation
  }

  /// Writes all files into a folder that exists.
  public func write(into folder: URL) throws {
    var files = ModelFiles()
    try files.add(
      json: Notes(
        calibrations: calibrations, domainThreshold: domain.threshold, preparation: preparation),
      as: Self.file)
    try files.add(json: domain.compounds, as: Self.compoundsFile)
    try model.write(into: folder, with: files)
  }

  /// Reads a folder; nothing in it is trusted.
  public init(at folder: URL, using pool: WorkerPool = WorkerPool(threads: 1)) throws {
    let (model, files) = try TrainedModel.read(folder)
    let notes = try files.json(Self.file, as: Notes.self)
    guard notes.calibrations.count == model.tasks.count, notes.domainThreshold.isFinite,
      zip(notes.calibrations, model.tasks).allSatisfy({ $0.isUsable(for: $1) })
    else {
      throw ModelError.damaged(file: Self.file, reason: "it does not fit the model's tasks")
    }
    let compounds = try files.json(Self.compoundsFile, as: [TrainingCompound].self)
    guard !compounds.isEmpty, compounds.allSatisfy({ $0.labels.count == model.tasks.count }) else {
      throw ModelError.damaged(
        file: Self.compoundsFile, reason: "its labels do not fit the model's tasks")
    }
    let fingerprints = try CompoundTable(smiles: compounds.map(\.smiles))
      .rows(of: TrainingDomain.Feature(), using: pool)
    self.init(
      model: model, calibrations: notes.calibrations,
      domain: TrainingDomain(
        compounds: compounds, fingerprints: fingerprints, threshold: notes.domainThreshold,
        using: pool), preparation: notes.preparation)
  }
}
