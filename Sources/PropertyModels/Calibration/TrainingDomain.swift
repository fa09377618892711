import Featurization
public import Fingerprints
public import Molecules
public import Parallelism

/// A compound that a model was trained on.
public struct TrainingCompound: Codable, Hashable, Sendable {
  /// Its identifier.
  public var id: String
  /// Its standardised structure, canonical SMILES.
  public var smiles: String
  /// What was measured, task by task.
  public var labels: [TaskLabel?]

  /// Creates a compound.
  public init(id: String, smiles: String, labels: [TaskLabel?]) {
    self.id = id
    self.smiles = smiles
    self.labels = labels
  }
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
/// A compound is inside when its most similar training compound is at least as similar as those are
/// to each other, all but 5 % of them (nearest-neighbour similarity as a measure of reliability:
/// Sheridan et al. 2004).
public struct TrainingDomain: Sendable {
  /// The compounds.
  public let compounds: [TrainingCompound]
  /// The least similarity of a compound inside.
  public let threshold: Double
  let fingerprints: FingerprintArena

  /// The share of training compounds that lie inside when judged by the others.
  public static let shareInside = 0.95

  /// What similarity is measured on.
  public struct Feature: CompoundFeature {
    /// The only one there is.
    public init() {}

    /// The fingerprint.
    public func row(of structure: borrowing Structure) throws(MoleculeError) -> Fingerprint {
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
      threshold ?? Self.threshold(of: fingerprints, in: arena, using: pool)
  }

  /// The similarity that all but 5 % of an arena's rows have to another of its rows.
  /// - Complexity: O(n²) comparisons
  static func threshold(
    of queries: [Fingerprint], in arena: FingerprintArena, using pool: WorkerPool
  ) -> Double {
    let nearest = arena.nearest(toEach: queries, count: 2, using: pool)
    let similarities = nearest.enumerated().map { row, neighbours in
      neighbours.first { $0.row != row }?.similarity ?? 0
    }.sorted()
    let rank = Int((1 - shareInside) * Double(similarities.count))
    return similarities.isEmpty ? 0 : similarities[min(rank, similarities.count - 1)]
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
