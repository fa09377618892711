import Featurization
import Fingerprints
import Molecules
public import Parallelism

/// A compound that a model was trained on.
public struct TrainingCompound: Codable, Hashable, Sendable {
  /// Its identifier.
  public var id: String
  /// Its standardised structure, canonical SMILES.
  public var smiles: String
  /// What was measured, task by task.
  public var labels: [TaskLabel?]
}

/// The training compound most similar to another.
public struct NearestCompound: Hashable, Sendable {
  /// The training compound.
  public let compound: TrainingCompound
  /// The Tanimoto similarity of ECFP4, 0 to 1.
  public let similarity: Double
}

/// The compounds around which a model may be believed.
///
/// The same measure as ``NeighbourhoodDomain``, for any number of tasks.
public struct TrainingDomain: Sendable {
  /// The compounds.
  public let compounds: [TrainingCompound]
  /// The least similarity of a compound inside.
  public let threshold: Double
  let fingerprints: FingerprintArena

  /// What similarity is measured on.
  struct Feature: CompoundFeature {
    func row(of structure: borrowing Structure) throws(MoleculeError) -> Fingerprint {
      Fingerprint(
        bitCount: FingerprintAlgorithm.ecfp4.bitCount,
        words: try structure.fingerprintWords(.ecfp4))
    }
  }

  /// Looks at the compounds themselves to find the threshold.
  init(
    compounds: [TrainingCompound], fingerprints: [Fingerprint], threshold: Double? = nil,
    using pool: WorkerPool
  ) {
    self.compounds = compounds
    let arena = FingerprintArena(
      bitCount: FingerprintAlgorithm.ecfp4.bitCount, fingerprints)
    self.fingerprints = arena
    self.threshold =
      threshold ?? NeighbourhoodDomain.threshold(of: fingerprints, in: arena, using: pool)
  }

  /// The most similar training compound of each compound.
  public func nearest(
    to compounds: CompoundTable, using pool: WorkerPool
  ) throws(FittingError) -> [NearestCompound] {
    let queries = try compounds.rows(of: Feature(), using: pool)
    return fingerprints.nearest(toEach: queries, count: 1, using: pool).map { neighbours in
      NearestCompound(
        compound: self.compounds[neighbours.first?.row ?? 0],
        similarity: neighbours.first?.similarity ?? 0)
    }
  }

  /// For each compound, how far the nearest one of the other folds is.
  static func distances(
    of fingerprints: [Fingerprint], folds: [Int], using pool: WorkerPool
  ) -> [Double] {
    var distances = [Double](repeating: 1, count: folds.count)
    for fold in Set(folds).sorted() {
      let inside = folds.indices.filter { folds[$0] != fold }
      let outside = folds.indices.filter { folds[$0] == fold }
      let arena = FingerprintArena(
        bitCount: FingerprintAlgorithm.ecfp4.bitCount, inside.map { fingerprints[$0] })
      let nearest = arena.nearest(
        toEach: outside.map { fingerprints[$0] }, count: 1, using: pool)
      for (row, neighbours) in zip(outside, nearest) {
        distances[row] = 1 - (neighbours.first?.similarity ?? 0)
      }
    }
    return distances
  }
}
