extension MolecularGraph {
  /// One atom.
  public struct Atom: Hashable, Sendable {
    /// Da; of the isotope where one is named, else the element's average.
    public var mass: Float
    /// The formal charge in elementary charges.
    public var charge: Int16
    /// The atomic number; 0 for a dummy atom.
    public var element: UInt8
    /// How many neighbours, hydrogens included.
    public var degree: UInt8
    /// How many hydrogens that are no atoms of the graph.
    public var hydrogens: UInt8
    /// How the neighbours turn, seen in the order of the bonds.
    public var chirality: Chirality
    /// How the orbitals are mixed.
    public var hybridization: Hybridization
    /// Whether it belongs to an aromatic ring.
    public var isAromatic: Bool

    /// States an atom.
    public init(
      element: UInt8, mass: Float, charge: Int16 = 0, degree: UInt8, hydrogens: UInt8 = 0,
      chirality: Chirality = .none, hybridization: Hybridization, isAromatic: Bool = false
    ) {
      self.element = element
      self.mass = mass
      self.charge = charge
      self.degree = degree
      self.hydrogens = hydrogens
      self.chirality = chirality
      self.hybridization = hybridization
      self.isAromatic = isAromatic
    }
  }

  /// A tetrahedral centre's turn.
  public enum Chirality: UInt8, Hashable, Sendable, CaseIterable {
    /// No stereocentre, or one that is not marked.
    case none
    /// Clockwise in the order of the bonds.
    case clockwise
    /// Counterclockwise in the order of the bonds.
    case counterclockwise
    /// Marked, but how it turns is not known.
    case unknown
    /// Of a class beyond the tetrahedron.
    case higher
  }

  /// How an atom's orbitals are mixed.
  public enum Hybridization: UInt8, Hashable, Sendable, CaseIterable {
    /// Not assigned, as for a dummy atom.
    case none
    /// s
    case s
    /// sp
    case sp
    /// sp²
    case sp2
    /// sp²d
    case sp2d
    /// sp³
    case sp3
    /// sp³d
    case sp3d
    /// sp³d²
    case sp3d2
    /// Anything else.
    case other
  }
}
