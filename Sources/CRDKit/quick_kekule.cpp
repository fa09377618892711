// Hydrogens, alternating bonds and valences of the quick path.
#include "quick_graph.h"

namespace crdkit::quick {

namespace {

// Whether the ring bond may be double: written aromatic, in a ring of aromatic atoms only.
class KekuleFinder {
 public:
  explicit KekuleFinder(Graph &graph) : graph(graph) {}

  bool run() {
    return check_aromatic_atoms() && choose_bonds() && match() && settle_orders() &&
           check_valences();
  }

 private:
  Graph &graph;
  Bits needing{};     // atoms that must take part in one double bond
  Bits candidates{};  // bonds that may become double
  Bits matched{};
  int steps_left = 400;

  // What the atom's written bonds and hydrogens leave open. Anything unusual is RDKit's.
  bool check_aromatic_atoms() {
    for (int index = 0; index < graph.atom_count; ++index) {
      Atom &atom = graph.atoms[index];
      if (!atom.is_written_aromatic) continue;
      if (!atom.is_in_ring || atom.degree > 3) return false;
      int aromatic_bonds = 0, exocyclic_double = 0;
      for (int i = 0; i < atom.degree; ++i) {
        const Bond &bond = graph.bonds[atom.bonds[i]];
        if (bond.kind == aromatic) ++aromatic_bonds;
        if (bond.kind == threefold) return false;
        if (bond.kind == twofold) {
          if (graph.atoms[atom.neighbours[i]].is_written_aromatic) return false;
          ++exocyclic_double;
        }
      }
      if (aromatic_bonds < 2) return false;
      if (exocyclic_double && (atom.element != 6 || atom.charge || atom.is_bracketed)) return false;
      if (atom.element == 6 && !atom.is_bracketed) atom.hydrogens = atom.degree == 2;
      const int open = valence(atom) - atom.degree - exocyclic_double - atom.hydrogens;
      if (open == 1) {
        needing.set(index);
      } else if (open != 0) {
        return false;
      }
    }
    return true;
  }

  // The one valence that the quick path allows an aromatic atom.
  static int valence(const Atom &atom) {
    switch (atom.element) {
      case 6: return atom.charge == 0 ? 4 : -1;
      case 7: return 3 + atom.charge;
      case 8: case 16: return atom.charge == 0 ? 2 : -1;
      default: return -1;
    }
  }

  bool choose_bonds() {
    Bits inside{};  // bonds in rings of aromatic atoms only
    for (int r = 0; r < graph.ring_count; ++r) {
      bool all_aromatic = true;
      for (int atom = 0; atom < graph.atom_count && all_aromatic; ++atom) {
        if (graph.rings[r].atoms.has(atom)) all_aromatic = graph.atoms[atom].is_written_aromatic;
      }
      if (all_aromatic) inside = inside | graph.rings[r].bonds;
    }
    for (int index = 0; index < graph.bond_count; ++index) {
      Bond &bond = graph.bonds[index];
      if (bond.kind != aromatic) continue;
      if (inside.has(index)) {
        if (needing.has(bond.begin) && needing.has(bond.end)) candidates.set(index);
      } else if (bond.is_in_ring) {
        return false;
      }
    }
    return true;
  }

  // Pairs the needing atoms over candidate bonds, most constrained atom first, with backtracking.
  bool match() {
    int best = -1, fewest = most_neighbours + 1;
    for (int index = 0; index < graph.atom_count; ++index) {
      if (!needing.has(index) || matched.has(index)) continue;
      const int options = count_options(index);
      if (options == 0) return false;
      if (options < fewest) best = index, fewest = options;
      if (options == 1) break;
    }
    if (best < 0) return true;
    if (--steps_left < 0) return false;
    const Atom &atom = graph.atoms[best];
    matched.set(best);
    const Bits before = matched;
    for (int i = 0; i < atom.degree; ++i) {
      const int bond = atom.bonds[i], other = atom.neighbours[i];
      if (!candidates.has(bond) || before.has(other)) continue;
      matched = before;
      matched.set(other);
      graph.bonds[bond].order = twofold;
      if (match()) return true;
      graph.bonds[bond].order = aromatic;
    }
    matched = before;
    matched.words[best >> 6] &= ~(uint64_t(1) << (best & 63));
    return false;
  }

  int count_options(int index) const {
    const Atom &atom = graph.atoms[index];
    int options = 0;
    for (int i = 0; i < atom.degree; ++i) {
      options += candidates.has(atom.bonds[i]) && !matched.has(atom.neighbours[i]);
    }
    return options;
  }

  bool settle_orders() {
    for (int index = 0; index < graph.bond_count; ++index) {
      Bond &bond = graph.bonds[index];
      if (bond.order == aromatic) bond.order = single;
    }
    return true;
  }

  // Fills in the hydrogens that SMILES leaves out and compares with the usual valences.
  bool check_valences() {
    for (int index = 0; index < graph.atom_count; ++index) {
      Atom &atom = graph.atoms[index];
      int sum = atom.hydrogens, doubles = 0;
      for (int i = 0; i < atom.degree; ++i) {
        const int order = graph.bonds[atom.bonds[i]].order;
        sum += order;
        doubles += order == twofold;
      }
      if (atom.is_bracketed || atom.is_written_aromatic) {
        if (!is_usual(atom, sum, doubles)) return false;
      } else if (!fill(atom, sum, doubles)) {
        return false;
      }
    }
    return true;
  }

  static bool fill(Atom &atom, int sum, int doubles) {
    int full;
    switch (atom.element) {
      case 6: full = 4; break;
      case 5: case 7: full = 3; break;
      case 8: full = 2; break;
      case 16:
        full = sum <= 2 ? 2 : sum == 4 || sum == 6 ? sum : -1;
        break;
      case 15:
        full = sum <= 3 ? 3 : sum == 5 && doubles == 1 ? 5 : -1;
        break;
      case 9: case 17: case 35: case 53: full = 1; break;
      default: return false;
    }
    if (full < sum) return false;
    atom.hydrogens = static_cast<uint8_t>(full - sum);
    return true;
  }

  static bool is_usual(const Atom &atom, int sum, int doubles) {
    switch (atom.element) {
      case 6: case 14: return atom.charge == 0 && sum == 4;
      case 7: return sum == 3 + atom.charge;
      case 8: return atom.charge <= 0 && sum == 2 + atom.charge;
      case 16:
        if (atom.charge) return sum == 2 + atom.charge;
        return sum == 2 || sum == 4 || sum == 6;
      case 15: return atom.charge == 0 && (sum == 3 || (sum == 5 && doubles == 1));
      case 5: return atom.charge == 0 && sum == 3;
      case 9: case 17: case 35: case 53: return atom.charge <= 0 && sum == 1 + atom.charge;
      default: return false;
    }
  }
};

}  // namespace

bool find_kekule_form(Graph &graph) { return KekuleFinder(graph).run(); }

}  // namespace crdkit::quick
