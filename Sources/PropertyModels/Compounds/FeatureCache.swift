import Molecules
import Parallelism
import Synchronization

/// The features of a fixed list of structures, each computed once.
final class FeatureCache: Sendable {
  let smiles: [String]
  private let slots = Mutex([Key: Slot]())

  /// Any feature, as a key.
  private struct Key: Hashable, Sendable {
    let feature: any CompoundFeature

    static func == (one: Key, other: Key) -> Bool {
      AnyHashable(one.feature) == AnyHashable(other.feature)
    }

    func hash(into hasher: inout Hasher) { feature.hash(into: &hasher) }
  }

  /// A lock for each feature: one that is being computed does not hold up the others.
  private final class Slot: Sendable {
    let rows = Mutex((any Sendable)?.none)
  }

  init(smiles: [String]) { self.smiles = smiles }

  private func slot(_ feature: some CompoundFeature) -> Slot {
    slots.withLock { slots in
      let slot = slots[Key(feature: feature)] ?? Slot()
      slots[Key(feature: feature)] = slot
      return slot
    }
  }

  /// Takes rows that were computed elsewhere.
  func know<Feature: CompoundFeature>(_ rows: [Feature.Row], of feature: Feature) {
    slot(feature).rows.withLock { $0 = rows }
  }

  /// The rows of a feature; the error names the first structure that does not have it.
  func rows<Feature: CompoundFeature>(
    of feature: Feature, using pool: WorkerPool
  ) throws(FittingError) -> [Feature.Row] {
    return try slot(feature).rows.withLock { (known) throws(FittingError) in
      if let rows = known as? [Feature.Row] { return rows }
      let rows = try pool.map(throwing: smiles.count) { (row) throws(FittingError) in
        do throws(MoleculeError) {
          return try feature.row(of: try Structure(parsing: smiles[row]))
        } catch { throw .structure(smiles: smiles[row], error) }
      }
      known = rows
      return rows
    }
  }
}
