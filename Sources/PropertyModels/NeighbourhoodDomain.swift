public import Entities
public import Fingerprints
import Foundation
public import Parallelism

/// The measured compounds around which a model may be believed.
///
/// A compound is inside when its most similar measured compound is at least as similar as the
/// measured ones are to each other, all but 5 % of them (nearest-neighbour similarity as a measure
/// of reliability: Sheridan et al. 2004).
public struct NeighbourhoodDomain: Sendable {
  /// The measured compounds.
  public let compounds: [MeasuredCompound]
  /// Their fingerprints, row by row.
  public let fingerprints: FingerprintArena
  /// The least similarity of a compound inside.
  public let threshold: Double

  /// The share of measured compounds that lie inside when judged by the others.
  public static let shareInside = 0.95

  /// Wraps a domain whose threshold is known.
  public init(
    compounds: [MeasuredCompound], fingerprints: FingerprintArena, threshold: Double
  ) {
    precondition(compounds.count == fingerprints.count, "one fingerprint for each compound")
    self.compounds = compounds
    self.fingerprints = fingerprints
    self.threshold = threshold
  }

  /// Finds the threshold from the compounds themselves.
  /// - Complexity: O(n²) comparisons
  public init(
    compounds: [MeasuredCompound], fingerprints: FingerprintArena, using pool: WorkerPool
  ) {
    let queries = (0..<fingerprints.count).map { fingerprints[$0] }
    self.init(
      compounds: compounds, fingerprints: fingerprints,
      threshold: Self.threshold(of: queries, in: fingerprints, using: pool))
  }

  /// The similarity that all but 5 % of an arena's rows have to another of its rows.
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

  /// The most similar measured compound of each fingerprint.
  public func nearest(
    toEach queries: [Fingerprint], using pool: WorkerPool
  ) -> [NearestMeasured] {
    fingerprints.nearest(toEach: queries, count: 1, using: pool).map { neighbours in
      guard let best = neighbours.first else {
        return NearestMeasured(id: "", smiles: "", similarity: 0, value: 0)
      }
      let compound = compounds[best.row]
      return NearestMeasured(
        id: compound.id, smiles: compound.smiles, similarity: best.similarity,
        value: compound.value)
    }
  }

  /// Whether a compound with this nearest neighbour lies inside.
  public func contains(_ nearest: NearestMeasured) -> Bool { nearest.similarity >= threshold }
}
