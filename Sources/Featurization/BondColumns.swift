public import Molecules

/// The columns of a bond's features, as chemprop 2 has them by default.
///
/// Heid et al. 2024, 10.1021/acs.jcim.3c01250. The same in both directions of a bond. The first column, for a bond that is none, is never set.
public enum BondColumns {
  static let kinds: [MolecularGraph.Kind] = [.single, .double, .triple, .aromatic]
  static let stereos: [MolecularGraph.Stereo] = [.none, .any, .z, .e, .cis, .trans]

  /// What each column says, in order.
  public static let names: [String] =
    ["no bond"] + kinds.map { "\($0)" } + ["conjugated", "in a ring"]
    + stereos.map { "stereo \($0)" } + ["stereo other"]

  /// How many columns: 14.
  public static let count = names.count

  /// The non-zero features of a bond, columns ascending.
  public static func features(of bond: MolecularGraph.Bond) -> FeatureRow {
    var row = FeatureRow()
    // A kind that the list does not name has no column.
    if let place = kinds.firstIndex(of: bond.kind) { row.append(1 + place, 1) }
    let flags = 1 + kinds.count
    if bond.isConjugated { row.append(flags, 1) }
    if bond.isInRing { row.append(flags + 1, 1) }
    row.append(flags + 2 + (stereos.firstIndex(of: bond.stereo) ?? stereos.count), 1)
    return row
  }
}
