// What the screen for substructures sees of a molecule or of a query: elements, bond types, rings.
#ifndef CRDKIT_SCREEN_GRAPH_H
#define CRDKIT_SCREEN_GRAPH_H

#include <cstddef>
#include <cstdint>
#include <vector>

namespace RDKit {
class ROMol;
}

namespace crdkit {

// Of a molecule everything is known. Of a query only what each of its matches must have: an atom
// `[C,N]` has no known element, a bond `-,=` no known type.
struct ScreenGraph {
  static constexpr int16_t unknown = -1;

  struct Atom {
    int16_t element = unknown;
    bool is_in_ring = false;
  };

  struct Bond {
    uint32_t begin, end;
    int16_t type = unknown;  // RDKit's number of the type; 12 where the bond is aromatic
    bool is_in_ring = false;
    bool is_single_or_aromatic = false;
  };

  struct Edge {
    uint32_t neighbour, bond;
  };

  std::vector<Atom> atoms;
  std::vector<Bond> bonds;

  // Edges of atom a: edges[first[a]] up to edges[first[a + 1]]; made by `connect`.
  std::vector<uint32_t> first;
  std::vector<Edge> edges;

  void connect();

  // Marks the atoms and bonds of cycles; whatever stands on a cycle of a query stands on one in
  // every match. Needs `connect`.
  void mark_rings();
};

// The molecule, with all that is known of it.
ScreenGraph graph_of_molecule(const RDKit::ROMol &mol);

// The query, with what its atoms and bonds imply.
ScreenGraph graph_of_query(const RDKit::ROMol &query);

}  // namespace crdkit

#endif
