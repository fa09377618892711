// Morgan environments of the quick path's graph, with RDKit's numbers.
//
// Rogers & Hahn 2010; the order of the hashing and the rules for environments that were seen before
// are those of RDKit, bit for bit.
#include "quick_graph.h"

#include <algorithm>

namespace crdkit::quick {

namespace {

// RDKit's copy of Boost's hash_combine, on 32 bits.
void combine(uint32_t &seed, uint32_t value) {
  seed ^= value + 0x9e3779b9u + (seed << 6) + (seed >> 2);
}

uint32_t invariant_of(const Atom &atom) {
  uint32_t seed = 0;
  combine(seed, atom.element);
  combine(seed, atom.degree + atom.hydrogens);
  combine(seed, atom.hydrogens);
  combine(seed, static_cast<uint32_t>(static_cast<int32_t>(atom.charge)));
  combine(seed, 0);  // the isotope's shift of mass: none here
  if (atom.is_in_ring) combine(seed, 1);
  return seed;
}

struct Environment {
  uint32_t invariant;
  uint8_t atom;
};

// The environments met so far. A key of 64 bits answers nearly every question in one comparison.
class Seen {
 public:
  int count = 0;

  // Whether the environment is among the first `limit`.
  bool holds(const Bits &environment, int limit) const {
    const uint64_t key = key_of(environment);
    for (int i = 0; i < limit; ++i) {
      if (keys[i] == key && environments[i] == environment) return true;
    }
    return false;
  }

  void add(const Bits &environment) {
    keys[count] = key_of(environment);
    environments[count++] = environment;
  }

 private:
  static uint64_t key_of(const Bits &bits) {
    return bits.words[0] ^ bits.words[1] * 0x9e3779b97f4a7c15u ^ bits.words[2] * 0xc2b2ae3d27d4eb4fu;
  }
  uint64_t keys[most_atoms * most_radius];
  Bits environments[most_atoms * most_radius];
};

struct Neighbour {
  int32_t bond;
  uint32_t invariant;
};

}  // namespace

void morgan_bits(const Graph &graph, unsigned radius, uint32_t width, uint64_t *words) {
  const auto set = [&](uint32_t id) {
    const uint32_t bit = id % width;
    words[bit >> 6] |= uint64_t(1) << (bit & 63);
  };
  const int count = graph.atom_count;
  uint32_t current[most_atoms], following[most_atoms];
  Bits reach[most_atoms], wider[most_atoms];  // the bonds of each atom's environment
  bool is_done[most_atoms];
  int32_t types[most_bonds];
  for (int bond = 0; bond < graph.bond_count; ++bond) {
    const Bond &each = graph.bonds[bond];
    // RDKit marks a triple bond of an aromatic ring but leaves its type.
    types[bond] = each.is_aromatic && each.order != threefold ? aromatic : each.order;
  }
  for (int atom = 0; atom < count; ++atom) {
    set(current[atom] = invariant_of(graph.atoms[atom]));
    reach[atom] = Bits{};
    is_done[atom] = false;
  }

  Seen seen;
  for (unsigned layer = 0; layer < radius; ++layer) {
    Environment found[most_atoms];
    int found_count = 0;
    const int seen_before = seen.count;
    for (int index = 0; index < count; ++index) {
      following[index] = 0;  // RDKit leaves the invariant of a finished atom at 0
      wider[index] = reach[index];
      const Atom &atom = graph.atoms[index];
      if (is_done[index]) continue;
      if (atom.degree == 0) {
        is_done[index] = true;
        continue;
      }
      Neighbour around[most_neighbours];
      for (int i = 0; i < atom.degree; ++i) {
        wider[index].set(atom.bonds[i]);
        wider[index] = wider[index] | reach[atom.neighbours[i]];
        around[i] = {types[atom.bonds[i]], current[atom.neighbours[i]]};
      }
      std::sort(around, around + atom.degree, [](const Neighbour &a, const Neighbour &b) {
        return a.bond != b.bond ? a.bond < b.bond : a.invariant < b.invariant;
      });
      uint32_t invariant = layer;
      combine(invariant, current[index]);
      for (int i = 0; i < atom.degree; ++i) {
        uint32_t pair = 0;
        combine(pair, static_cast<uint32_t>(around[i].bond));
        combine(pair, around[i].invariant);
        combine(invariant, pair);
      }
      following[index] = invariant;
      found[found_count++] = {invariant, static_cast<uint8_t>(index)};
      is_done[index] = seen.holds(wider[index], seen_before);
    }
    // Of several atoms with one environment, the lowest invariant stands for it.
    std::sort(found, found + found_count, [](const Environment &a, const Environment &b) {
      return a.invariant != b.invariant ? a.invariant < b.invariant : a.atom < b.atom;
    });
    for (int i = 0; i < found_count; ++i) {
      const Bits &environment = wider[found[i].atom];
      if (seen.holds(environment, seen.count)) {
        is_done[found[i].atom] = true;
      } else {
        set(found[i].invariant);
        seen.add(environment);
      }
    }
    std::copy(following, following + count, current);
    std::copy(wider, wider + count, reach);
  }
}

}  // namespace crdkit::quick
