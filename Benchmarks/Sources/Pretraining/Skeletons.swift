import Molecules

/// Hashes of a molecule's parts as graphs of elements alone: without hydrogens, bond orders, charges,
/// isotopes and stereo.
///
/// Two molecules whose InChIKeys begin alike have the same skeleton, and so do their salts, tautomers
/// and stereoisomers: leaving out by skeleton leaves out more than leaving out by InChIKey.
struct Skeletons {
  /// One hash for each part of at least `fewestAtoms` atoms, or of all parts where none has so many.
  let parts: [UInt64]
  /// Counter ions and solvents beside a molecule are in every data set and say nothing.
  static let fewestAtoms = 6

  init(_ graph: MolecularGraph) {
    var neighbours = [[Int]](repeating: [], count: graph.atoms.count)
    // A bond to a metal is none, as for InChI.
    for bond in graph.bonds
    where !Self.isMetal(graph.atoms[bond.begin]) && !Self.isMetal(graph.atoms[bond.end]) {
      neighbours[bond.begin].append(bond.end)
      neighbours[bond.end].append(bond.begin)
    }
    var marks = graph.atoms.map { Self.mixed(UInt64($0.element)) }
    for _ in 0..<6 {
      marks = marks.indices.map { atom in
        // A sum, since the order of neighbours is nobody's choice.
        Self.mixed(marks[atom] &* 3 &+ neighbours[atom].reduce(0) { $0 &+ Self.mixed(marks[$1]) })
      }
    }
    var seen = [Bool](repeating: false, count: marks.count)
    var (parts, small): ([UInt64], [UInt64]) = ([], [])
    for start in marks.indices where !seen[start] {
      var (stack, part) = ([start], [Int]())
      seen[start] = true
      while let atom = stack.popLast() {
        part.append(atom)
        for next in neighbours[atom] where !seen[next] {
          seen[next] = true
          stack.append(next)
        }
      }
      let hash = Self.mixed(part.reduce(UInt64(part.count)) { $0 &+ Self.mixed(marks[$1]) })
      if part.count < Self.fewestAtoms { small.append(hash) } else { parts.append(hash) }
    }
    self.parts = parts.isEmpty ? small : parts
  }

  private static func isMetal(_ atom: MolecularGraph.Atom) -> Bool {
    switch atom.element {
    case 0...2, 5...10, 14...18, 32...36, 51...54, 84...86: false
    default: true
    }
  }

  /// The finish of SplitMix64.
  private static func mixed(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9e37_79b9_7f4a_7c15
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
