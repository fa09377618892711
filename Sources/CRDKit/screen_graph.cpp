// Screen graphs of molecules, and the rings of any of them.
#include "screen_graph.h"

#include "molecule.h"

namespace crdkit {

void ScreenGraph::connect() {
  first.assign(atoms.size() + 1, 0);
  for (const Bond &bond : bonds) {
    ++first[bond.begin + 1];
    ++first[bond.end + 1];
  }
  for (size_t atom = 0; atom < atoms.size(); ++atom) first[atom + 1] += first[atom];
  edges.resize(2 * bonds.size());
  std::vector<uint32_t> next(first.begin(), first.end() - 1);
  for (uint32_t index = 0; index < bonds.size(); ++index) {
    edges[next[bonds[index].begin]++] = {bonds[index].end, index};
    edges[next[bonds[index].end]++] = {bonds[index].begin, index};
  }
}

// A bond is on a cycle unless it is a bridge: unless nothing below it in a depth-first walk reaches
// above it (Tarjan 1974). The walk keeps its own stack, for chains are as long as texts allow.
void ScreenGraph::mark_rings() {
  constexpr uint32_t none = 0xFFFFFFFF;
  struct Visit {
    uint32_t atom, bond, next;
  };
  std::vector<uint32_t> order(atoms.size(), none), lowest(atoms.size(), none);
  std::vector<Visit> stack;
  uint32_t time = 0;
  for (uint32_t root = 0; root < atoms.size(); ++root) {
    if (order[root] != none) continue;
    stack.push_back({root, none, first[root]});
    order[root] = lowest[root] = time++;
    while (!stack.empty()) {
      Visit &visit = stack.back();
      const uint32_t atom = visit.atom;
      if (visit.next < first[atom + 1]) {
        const Edge edge = edges[visit.next++];
        if (edge.bond == visit.bond) continue;
        if (order[edge.neighbour] == none) {
          order[edge.neighbour] = lowest[edge.neighbour] = time++;
          stack.push_back({edge.neighbour, edge.bond, first[edge.neighbour]});
        } else {
          bonds[edge.bond].is_in_ring = true;
          lowest[atom] = std::min(lowest[atom], order[edge.neighbour]);
        }
      } else {
        const uint32_t bond = visit.bond;
        stack.pop_back();
        if (stack.empty()) continue;
        const uint32_t parent = stack.back().atom;
        lowest[parent] = std::min(lowest[parent], lowest[atom]);
        if (lowest[atom] <= order[parent]) bonds[bond].is_in_ring = true;
      }
    }
  }
  for (const Bond &bond : bonds) {
    if (bond.is_in_ring) atoms[bond.begin].is_in_ring = atoms[bond.end].is_in_ring = true;
  }
}

ScreenGraph graph_of_molecule(const RDKit::ROMol &mol) {
  ScreenGraph graph;
  graph.atoms.reserve(mol.getNumAtoms());
  graph.bonds.reserve(mol.getNumBonds());
  for (const auto atom : mol.atoms()) {
    graph.atoms.push_back({static_cast<int16_t>(atom->getAtomicNum()), false});
  }
  for (const auto bond : mol.bonds()) {
    const auto type = bond->getBondType();
    // A triple bond of an aromatic ring is marked aromatic but keeps its type.
    const auto kind = bond->getIsAromatic() ? RDKit::Bond::AROMATIC : type;
    graph.bonds.push_back(
        {bond->getBeginAtomIdx(), bond->getEndAtomIdx(), static_cast<int16_t>(kind), false,
         type == RDKit::Bond::SINGLE || type == RDKit::Bond::AROMATIC});
  }
  graph.connect();
  graph.mark_rings();
  return graph;
}

}  // namespace crdkit
