import Campaigns
import CompoundLibrary
import Featurization
import Foundation
import Molecules
import NeuralNetworks
import Parallelism
import PropertyModels
import Provenance
import Records
import TestSupport

/// A training of a second: a table of made-up compounds whose value follows from their atoms.
enum TinyModel {
  static let network = FingerprintNetwork(
    features: .ecfp4, hidden: [16], dropout: 0,
    plan: TrainingPlan(epochs: 12, batchSize: 16, learningRate: 1e-2), members: 3)

  static func table(_ count: Int) -> String {
    "id,smiles,pKi\n"
      + (0..<count).map { number in
        let smiles = MadeUpCompounds.smiles(number * 13 % MadeUpCompounds.count)
        return "T\(number),\(smiles),\(value(of: smiles))\n"
      }.joined()
  }

  static func value(of smiles: String) -> Double {
    let nitrogens = smiles.count { $0 == "n" || $0 == "N" }
    return 5 + 0.7 * Double(nitrogens) - 0.4 * Double(smiles.count { $0 == "1" })
  }

  static func request(higherIsBetter: Bool = true) -> TrainingRequest {
    TrainingRequest(
      endpoint: EndpointRequest(unit: "1", higherIsBetter: higherIsBetter),
      recipe: ModelRecipe(network), folds: 2, seed: 3)
  }

  static func train(
    _ text: String, _ request: TrainingRequest = request(), in work: URL, threads: Int = 2,
    shouldStop: @escaping @Sendable () -> Bool = { false }
  ) throws -> TrainingOutcome {
    try TrainingCampaign(request, pool: WorkerPool(threads: threads), workFolder: work)
      .run(on: .bytes(Array(text.utf8)), dataDigest: Digest(of: text), shouldStop: shouldStop)
  }

  /// Trained once for all tests.
  static let trained = Result { try make(higherIsBetter: true) }
  /// The same where less is better.
  static let lowerIsBetter = Result { try make(higherIsBetter: false) }

  private static func make(higherIsBetter: Bool) throws -> CalibratedModel {
    let scratch = try ScratchFolder()
    return try train(
      table(120), request(higherIsBetter: higherIsBetter), in: scratch.url.appending(path: "w")
    ).model
  }
}

/// A library of made-up compounds in several segments.
func makeLibrary(
  _ text: String, at folder: URL, keepsDuplicates: Bool = false
) throws -> Library {
  let options = LibraryOptions(keepsDuplicateStructures: keepsDuplicates, segmentRows: 300)
  _ = try LibraryBuilder(at: folder, options: options, pool: WorkerPool(threads: 2))
    .build(from: [.bytes(Array(text.utf8))])
  return try Library(at: folder)
}
