public import Molecules

/// The columns of an atom's features, as chemprop 2 has them by default.
///
/// Heid et al. 2024, 10.1021/acs.jcim.3c01250. One-hot groups side by side, each with a last column for what its list does not name, then
/// whether the atom is aromatic, and its mass.
public enum AtomColumns {
  static let elements: [UInt8] = Array(1...36) + [53]
  static let degrees: [UInt8] = Array(0...5)
  static let charges: [Int16] = [-1, -2, 1, 2, 0]
  static let chiralities: [MolecularGraph.Chirality] = [
    .none, .clockwise, .counterclockwise, .unknown,
  ]
  static let hydrogens: [UInt8] = Array(0...4)
  static let hybridizations: [MolecularGraph.Hybridization] = [
    .s, .sp, .sp2, .sp2d, .sp3, .sp3d, .sp3d2,
  ]

  /// What each column says, in order.
  public static let names: [String] =
    elements.map { "atomic number \($0)" } + ["atomic number other"]
    + degrees.map { "degree \($0)" } + ["degree other"]
    + charges.map { "charge \($0)" } + ["charge other"]
    + chiralities.map { "chirality \($0)" } + ["chirality other"]
    + hydrogens.map { "hydrogens \($0)" } + ["hydrogens other"]
    + hybridizations.map { "hybridization \($0)" } + ["hybridization other"]
    + ["aromatic", "mass in 100 Da"]

  /// How many columns: 72.
  public static let count = names.count

  /// The non-zero features of an atom, columns ascending.
  public static func features(of atom: MolecularGraph.Atom) -> FeatureRow {
    var row = FeatureRow()
    var start = 0
    func add<Choice: Equatable>(_ value: Choice, _ choices: [Choice]) {
      row.append(start + (choices.firstIndex(of: value) ?? choices.count), 1)
      start += choices.count + 1
    }
    add(atom.element, elements)
    add(atom.degree, degrees)
    add(atom.charge, charges)
    add(atom.chirality, chiralities)
    add(atom.hydrogens, hydrogens)
    add(atom.hybridization, hybridizations)
    if atom.isAromatic { row.append(start, 1) }
    // A dummy atom weighs nothing.
    if atom.mass != 0 { row.append(start + 1, Float(0.01 * Double(atom.mass))) }
    return row
  }
}

extension FeatureRow {
  mutating func append(_ column: Int, _ value: Float) {
    columns.append(Int32(column))
    values.append(value)
  }
}
