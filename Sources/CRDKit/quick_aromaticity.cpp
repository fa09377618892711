// RDKit's aromaticity model on the quick path's graph.
//
// Each ring atom gives none, one or two electrons to the ring; a ring, or a fused group of up to six
// rings, with 4n + 2 electrons (6 and more, or 2) is aromatic. In a group, atoms of three rings do
// not count and bonds of two rings are not marked.
#include "quick_graph.h"

#include <algorithm>

namespace crdkit::quick {

namespace {

constexpr int most_fused = 6;
constexpr int most_fused_ring_size = 24;  // a larger ring is not fused with others
constexpr int most_candidates = 16;

struct Element {
  int default_valence, outer_electrons;
};

// By atomic number, up to chlorine; noble gases and metals do not occur here.
constexpr Element table[18] = {{0, 0}, {1, 1}, {0, 2}, {1, 1}, {2, 2}, {3, 3},
                               {4, 4}, {3, 5}, {2, 6}, {1, 7}, {0, 8}, {1, 1},
                               {2, 2}, {6, 3}, {4, 4}, {3, 5}, {2, 6}, {1, 7}};

int outer_electrons(int element) { return element > 17 ? 7 : table[element].outer_electrons; }

bool is_more_electronegative(int one, int other) {
  const int first = outer_electrons(one), second = outer_electrons(other);
  return first > second || (first == second && one < other);
}

enum class Gift { refused, none, one, two };

class AromaticityFinder {
 public:
  explicit AromaticityFinder(Graph &graph) : graph(graph) {}

  bool run() {
    for (int r = 0; r < graph.ring_count; ++r) {
      if (!can_be_aromatic(graph.rings[r])) continue;
      if (candidate_count == most_candidates) return false;
      candidates[candidate_count++] = r;
    }
    if (candidate_count == 0) return all_unmarked_are_certain();
    // Which rings RDKit would have picked is not known; it matters only now.
    if (!graph.rings_are_unique) return false;
    find_neighbours();
    for (int c = 0; c < candidate_count; ++c) {
      if (!(taken >> c & 1)) mark_system(c);
    }
    return all_unmarked_are_certain();
  }

 private:
  Graph &graph;
  int candidate_count = 0;
  int candidates[most_candidates];
  uint32_t neighbours[most_candidates] = {};
  uint32_t taken = 0;
  Bits seen{}, one{}, two{}, refused{};

  bool can_be_aromatic(const Ring &ring) {
    for (Bits left = ring.atoms; !left.is_empty();) {
      const int index = left.highest();
      left.words[index >> 6] &= ~(uint64_t(1) << (index & 63));
      if (!seen.has(index)) {
        seen.set(index);
        switch (gift_of(graph.atoms[index])) {
          case Gift::refused: refused.set(index); break;
          case Gift::none: break;
          case Gift::one: one.set(index); break;
          case Gift::two: two.set(index); break;
        }
      }
      if (refused.has(index)) return false;
    }
    return true;
  }

  // How many electrons the atom gives, as RDKit counts them.
  Gift gift_of(const Atom &atom) const {
    if (atom.element > 17) return Gift::refused;
    const Element element = table[atom.element];
    const int total_degree = atom.degree + atom.hydrogens;
    if (element.default_valence <= 1 || total_degree > 3) return Gift::refused;
    int orders = 0, multiples = 0, outside = -1;
    bool is_outside_multiple = false;
    for (int i = 0; i < atom.degree; ++i) {
      const Bond &bond = graph.bonds[atom.bonds[i]];
      orders += bond.order;
      if (bond.order == single) continue;
      ++multiples;
      if (!bond.is_in_ring && !is_outside_multiple) {
        is_outside_multiple = true;
        outside = atom.neighbours[i];
      }
    }
    // Two multiple bonds on one atom, or more bonds than the charged element usually has.
    if (multiples > 1) return Gift::refused;
    if (orders + atom.hydrogens > table[atom.element - atom.charge].default_valence) {
      return Gift::refused;
    }
    const int lone =
        std::max(element.outer_electrons - element.default_valence - atom.charge, 0);
    int electrons = element.default_valence - total_degree + lone;
    // RDKit counts written hydrogens as bonds here.
    const int written = atom.is_bracketed ? atom.hydrogens : 0;
    if (electrons > 1 && orders + written - atom.degree > 1) electrons = 1;
    const bool is_stolen =
        is_outside_multiple &&
        is_more_electronegative(graph.atoms[outside].element, atom.element);
    if (electrons < 0) return Gift::refused;
    if (electrons == 0) {
      if (is_outside_multiple) return Gift::none;
      return multiples ? Gift::one : Gift::refused;
    }
    if (electrons == 1) {
      if (is_outside_multiple) return is_stolen ? Gift::none : Gift::one;
      if (multiples) return Gift::one;
      return atom.charge == 1 ? Gift::none : Gift::refused;
    }
    return (electrons - is_stolen) % 2 == 1 ? Gift::one : Gift::two;
  }

  const Ring &ring(int candidate) const { return graph.rings[candidates[candidate]]; }

  void find_neighbours() {
    for (int a = 0; a < candidate_count; ++a) {
      for (int b = a + 1; b < candidate_count; ++b) {
        if (std::max(ring(a).size, ring(b).size) > most_fused_ring_size) continue;
        if ((ring(a).bonds & ring(b).bonds).count() != 1) continue;
        neighbours[a] |= 1u << b;
        neighbours[b] |= 1u << a;
      }
    }
  }

  // The rings fused to `first`, directly or over others, and their aromatic subsets by size.
  void mark_system(int first) {
    const uint32_t system = connected(1u << first, ~0u);
    taken |= system;
    Bits all{}, done{};
    for (int c = 0; c < candidate_count; ++c) {
      if (system >> c & 1) all = all | ring(c).bonds;
    }
    const int count = __builtin_popcount(system);
    for (int size = 1; size <= std::min(count, most_fused); ++size) {
      if (done == all) break;
      // Subsets of one size, over the bits of the system.
      for (uint32_t subset = (1u << size) - 1; subset < (1u << count); subset = next(subset)) {
        const uint32_t rings = spread(subset, system);
        if (connected(rings & -rings, rings) == rings) mark_subset(rings, done);
      }
    }
  }

  // What can be reached from `start` over neighbours inside `allowed`.
  uint32_t connected(uint32_t start, uint32_t allowed) const {
    uint32_t reached = start, fresh = start;
    while (fresh) {
      const int c = __builtin_ctz(fresh);
      fresh &= fresh - 1;
      const uint32_t more = neighbours[c] & allowed & ~reached;
      reached |= more;
      fresh |= more;
    }
    return reached;
  }

  // The next larger number with as many bits (Gosper).
  static uint32_t next(uint32_t subset) {
    const uint32_t lowest = subset & -subset, ripple = subset + lowest;
    return (((ripple ^ subset) >> 2) / lowest) | ripple;
  }

  static uint32_t spread(uint32_t subset, uint32_t system) {
    uint32_t rings = 0;
    for (; subset; subset >>= 1, system &= system - 1) {
      if (subset & 1) rings |= system & -system;
    }
    return rings;
  }

  void mark_subset(uint32_t rings, Bits &done) {
    Bits atoms{}, shared{}, crowded{}, bonds{}, inner{};
    for (uint32_t left = rings; left; left &= left - 1) {
      const Ring &each = ring(__builtin_ctz(left));
      crowded = crowded | (shared & each.atoms);
      shared = shared | (atoms & each.atoms);
      atoms = atoms | each.atoms;
      inner = inner | (bonds & each.bonds);
      bonds = bonds | each.bonds;
    }
    const Bits counted = atoms - crowded;
    const int electrons = (counted & one).count() + 2 * (counted & two).count();
    if (electrons != 2 && (electrons < 6 || (electrons - 2) % 4 != 0)) return;
    const Bits rim = bonds - inner;
    done = done | rim;
    for (int index = 0; index < graph.bond_count; ++index) {
      if (rim.has(index)) graph.bonds[index].is_aromatic = true;
    }
  }

  // A bond written aromatic that came out otherwise has the order of one Kekulé form among several.
  bool all_unmarked_are_certain() const {
    for (int index = 0; index < graph.bond_count; ++index) {
      const Bond &bond = graph.bonds[index];
      if (bond.kind == aromatic && bond.is_in_ring && !bond.is_aromatic) return false;
    }
    return true;
  }
};

}  // namespace

bool find_aromaticity(Graph &graph) { return AromaticityFinder(graph).run(); }

}  // namespace crdkit::quick
