// A small molecular graph without allocation, for SMILES of the usual kind straight to Morgan bits.
//
// The quick path knows a subset of SMILES: neutral and singly charged atoms of ten elements in their
// usual valences, without isotopes, written hydrogens, atom maps, radicals or metals. Whatever else
// it meets, and whatever it is not sure about, it hands back: RDKit then decides, and words the error.
// So it never refuses, and a test proves that what it accepts is what RDKit would have given.
#ifndef CRDKIT_QUICK_GRAPH_H
#define CRDKIT_QUICK_GRAPH_H

#include <cstddef>
#include <cstdint>

namespace crdkit::quick {

constexpr int most_atoms = 192;
constexpr int most_bonds = 192;
constexpr int most_neighbours = 6;
constexpr int most_rings = 24;
constexpr unsigned most_radius = 4;

// A set of atoms or of bonds. Without an initialiser, so that arrays of it cost nothing.
struct Bits {
  uint64_t words[3];

  void set(int i) { words[i >> 6] |= uint64_t(1) << (i & 63); }
  bool has(int i) const { return words[i >> 6] >> (i & 63) & 1; }
  bool operator==(const Bits &o) const {
    return words[0] == o.words[0] && words[1] == o.words[1] && words[2] == o.words[2];
  }
  bool is_empty() const { return (words[0] | words[1] | words[2]) == 0; }
  int count() const {
    return __builtin_popcountll(words[0]) + __builtin_popcountll(words[1]) +
           __builtin_popcountll(words[2]);
  }
  // The highest member; the set must not be empty.
  int highest() const {
    for (int w = 2; w > 0; --w) {
      if (words[w]) return 64 * w + 63 - __builtin_clzll(words[w]);
    }
    return 63 - __builtin_clzll(words[0]);
  }
  friend Bits operator&(Bits a, const Bits &b) {
    for (int w = 0; w < 3; ++w) a.words[w] &= b.words[w];
    return a;
  }
  friend Bits operator|(Bits a, const Bits &b) {
    for (int w = 0; w < 3; ++w) a.words[w] |= b.words[w];
    return a;
  }
  friend Bits operator^(Bits a, const Bits &b) {
    for (int w = 0; w < 3; ++w) a.words[w] ^= b.words[w];
    return a;
  }
  // The members of `a` that are not in `b`.
  friend Bits operator-(Bits a, const Bits &b) {
    for (int w = 0; w < 3; ++w) a.words[w] &= ~b.words[w];
    return a;
  }
};

enum BondKind : uint8_t { unwritten = 0, single = 1, twofold = 2, threefold = 3, aromatic = 12 };

struct Bond {
  uint8_t begin, end;
  BondKind kind;     // as written; `aromatic` for an unwritten bond between aromatic atoms
  BondKind order;    // after the Kekulé form was found: single, twofold or threefold
  bool is_in_ring;
  bool is_aromatic;  // after perception
};

struct Atom {
  uint8_t element;
  int8_t charge;
  uint8_t hydrogens;
  bool is_bracketed;
  bool is_written_aromatic;
  bool is_in_ring;
  uint8_t degree;
  uint8_t neighbours[most_neighbours];
  uint8_t bonds[most_neighbours];
};

struct Ring {
  Bits atoms, bonds;
  uint8_t size;
};

struct Graph {
  int atom_count, bond_count, ring_count;
  Atom atoms[most_atoms];
  Bond bonds[most_bonds];
  Ring rings[most_rings];  // the smallest set, where it is the only one
  bool rings_are_unique;

  // Adds a bond; false beyond the bounds or where the atoms are bonded already.
  bool connect(int begin, int end, BondKind kind);
};

// The steps, in order. Each answers false where RDKit must decide.
bool parse(const char *text, size_t count, Graph &graph);
bool find_rings(Graph &graph);
bool find_kekule_form(Graph &graph);
bool find_aromaticity(Graph &graph);

// Sets the bits of the Morgan environments up to `radius`, folded to `width`.
void morgan_bits(const Graph &graph, unsigned radius, uint32_t width, uint64_t *words);

}  // namespace crdkit::quick

#endif
