import Featurization
import Fingerprints
import Foundation
import Molecules
import NeuralNetworks
import Parallelism
import PropertyModels
import Tensors
import TestSupport

/// A training small enough for a test: made-up compounds whose value follows from their atoms.
struct SmallTraining {
  let settings: EnsembleSettings
  let compounds: [MeasuredCompound]
  let features: SparseRows
  let fingerprints: FingerprintArena

  init(count: Int = 120, epochs: Int = 8, first: Int = 0) throws {
    settings = EnsembleSettings(
      features: .ecfp4, hidden: [16], dropout: 0, inputDropout: 0, epochs: epochs, batchSize: 16,
      learningRate: 1e-2, members: 3, folds: 3, membersPerFold: 1, seed: 5)
    compounds = (first..<first + count).map { number in
      let smiles = MadeUpCompounds.smiles(number * 11 % MadeUpCompounds.count)
      return MeasuredCompound(id: "M\(number)", smiles: smiles, value: Self.value(of: smiles))
    }
    var rows: [FeatureRow] = []
    for compound in compounds {
      rows.append(try FeatureRecipe.ecfp4.row(of: try Structure(parsing: compound.smiles)))
    }
    features = FeatureRecipe.ecfp4.matrix(rows)
    fingerprints = try PropertyModel.fingerprints(of: compounds, using: WorkerPool(threads: 2))
  }

  /// Something a fingerprint can learn: nitrogens and rings pull apart.
  static func value(of smiles: String) -> Double {
    let nitrogens = smiles.count { $0 == "n" || $0 == "N" }
    return 5 + 0.7 * Double(nitrogens) - 0.4 * Double(smiles.count { $0 == "1" })
  }

  var trainer: EnsembleTrainer {
    EnsembleTrainer(
      settings: settings, features: features, fingerprints: fingerprints, compounds: compounds)
  }

  func model(threads: Int = 2) throws -> PropertyModel {
    let pool = WorkerPool(threads: threads)
    let trainer = trainer
    let jobs = trainer.jobs
    let networks = pool.map(jobs.count) { trainer.train(jobs[$0]) }.compactMap { $0 }
    return trainer.assemble(
      networks, endpoint: ModelEndpoint(name: "pKi", unit: "1", higherIsBetter: true), using: pool)
  }

  func predictions(of model: PropertyModel, threads: Int = 1) -> [ModelPrediction] {
    model.predictions(
      of: features, fingerprints: (0..<fingerprints.count).map { fingerprints[$0] },
      using: WorkerPool(threads: threads))
  }
}
