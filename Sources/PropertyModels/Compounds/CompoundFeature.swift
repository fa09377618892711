public import Featurization
public import Molecules

/// Something computed from one structure alone, such as a fingerprint.
///
/// A table of compounds computes it once for each compound and keeps it, so that folds, members of
/// a stack and model families share the work. Two equal features must give equal rows.
public protocol CompoundFeature: Hashable, Sendable {
  /// What is computed for one compound.
  associatedtype Row: Sendable

  /// Computes it.
  func row(of structure: borrowing Structure) throws(MoleculeError) -> Row
}

extension FeatureRecipe: CompoundFeature {}
