// Rings of the quick path: the smallest set, taken only where there is no choice.
//
// RDKit's smallest set of smallest rings, with the symmetric ones added, lies between a minimum
// cycle basis and the union of all of them, the relevant cycles. Where these two are equal in number
// there is exactly one basis, and RDKit's set is it. The relevant cycles come from Vismara 1997
// (Union of all the minimum cycle bases of a graph): one prototype for each family.
#include "quick_graph.h"

#include <algorithm>

namespace crdkit::quick {

namespace {

constexpr int most_ring_atoms = 80;    // in one connected system of rings
constexpr int most_prototypes = 160;
constexpr int many = 100;  // more paths than this are not told apart

// Marks every bond that lies on a cycle: those that a depth-first search finds no bridge.
class BridgeFinder {
 public:
  explicit BridgeFinder(Graph &graph) : graph(graph) {}

  void run() {
    for (int atom = 0; atom < graph.atom_count; ++atom) {
      if (!entered[atom]) visit(atom);
    }
  }

 private:
  Graph &graph;
  int clock = 0;
  int entered[most_atoms] = {}, lowest[most_atoms];
  struct Frame {
    uint8_t atom, next;
    int16_t bond;
  };
  Frame stack[most_atoms];

  void visit(int root) {
    int depth = 0;
    stack[depth++] = {static_cast<uint8_t>(root), 0, -1};
    entered[root] = lowest[root] = ++clock;
    while (depth > 0) {
      Frame &frame = stack[depth - 1];
      const Atom &atom = graph.atoms[frame.atom];
      if (frame.next == atom.degree) {
        --depth;
        if (depth > 0) leave(frame, stack[depth - 1].atom);
        continue;
      }
      const int neighbour = atom.neighbours[frame.next], bond = atom.bonds[frame.next];
      ++frame.next;
      if (bond == frame.bond) continue;
      if (entered[neighbour]) {
        lowest[frame.atom] = std::min(lowest[frame.atom], entered[neighbour]);
        mark(bond);
      } else {
        entered[neighbour] = lowest[neighbour] = ++clock;
        stack[depth++] = {static_cast<uint8_t>(neighbour), 0, static_cast<int16_t>(bond)};
      }
    }
  }

  void leave(const Frame &child, int parent) {
    lowest[parent] = std::min(lowest[parent], lowest[child.atom]);
    if (lowest[child.atom] <= entered[parent]) mark(child.bond);
  }

  void mark(int index) {
    Bond &bond = graph.bonds[index];
    bond.is_in_ring = true;
    graph.atoms[bond.begin].is_in_ring = graph.atoms[bond.end].is_in_ring = true;
  }
};

// The relevant cycles of one connected system of rings.
class CycleFinder {
 public:
  explicit CycleFinder(Graph &graph) : graph(graph) {}

  // Takes the system that holds `seed`; false where it is too large.
  bool run(int seed, Bits &seen) {
    if (!gather(seed, seen)) return false;
    const int cycles = bond_count - count + 1;
    if (cycles == 1) return add_only_ring();
    measure();
    for (int root = 0; root < count; ++root) {
      if (!prototypes_from(root)) return false;
    }
    return select(cycles);
  }

 private:
  struct Prototype {
    Bits bonds;
    uint8_t size;
    uint16_t members;  // how many cycles the family has
  };

  Graph &graph;
  int count = 0, bond_count = 0;
  uint8_t atoms[most_ring_atoms];           // local to global
  int16_t local[most_atoms];                // global to local
  uint8_t distance[most_ring_atoms][most_ring_atoms];
  int prototype_count = 0;
  Prototype prototypes[most_prototypes];

  bool gather(int seed, Bits &seen) {
    atoms[count] = static_cast<uint8_t>(seed);
    local[seed] = static_cast<int16_t>(count++);
    seen.set(seed);
    int ends = 0;
    for (int next = 0; next < count; ++next) {
      const Atom &atom = graph.atoms[atoms[next]];
      for (int i = 0; i < atom.degree; ++i) {
        if (!graph.bonds[atom.bonds[i]].is_in_ring) continue;
        ++ends;
        const int neighbour = atom.neighbours[i];
        if (seen.has(neighbour)) continue;
        if (count == most_ring_atoms) return false;
        seen.set(neighbour);
        atoms[count] = static_cast<uint8_t>(neighbour);
        local[neighbour] = static_cast<int16_t>(count++);
      }
    }
    bond_count = ends / 2;
    return true;
  }

  bool add_only_ring() {
    Bits bonds{};
    for (int i = 0; i < count; ++i) {
      const Atom &atom = graph.atoms[atoms[i]];
      for (int k = 0; k < atom.degree; ++k) {
        if (graph.bonds[atom.bonds[k]].is_in_ring) bonds.set(atom.bonds[k]);
      }
    }
    return add_ring(bonds, count);
  }

  bool add_ring(const Bits &bonds, int size) {
    if (graph.ring_count == most_rings) return false;
    Ring &ring = graph.rings[graph.ring_count++];
    ring = {Bits{}, bonds, static_cast<uint8_t>(size)};
    for (Bits left = bonds; !left.is_empty();) {
      const int index = left.highest();
      left.words[index >> 6] &= ~(uint64_t(1) << (index & 63));
      ring.atoms.set(graph.bonds[index].begin);
      ring.atoms.set(graph.bonds[index].end);
    }
    return true;
  }

  // All distances inside the system.
  void measure() {
    for (int root = 0; root < count; ++root) {
      uint8_t *row = distance[root];
      std::fill(row, row + count, 255);
      uint8_t queue[most_ring_atoms];
      int tail = 0;
      queue[tail++] = static_cast<uint8_t>(root);
      row[root] = 0;
      for (int head = 0; head < tail; ++head) {
        const Atom &atom = graph.atoms[atoms[queue[head]]];
        for (int i = 0; i < atom.degree; ++i) {
          if (!graph.bonds[atom.bonds[i]].is_in_ring) continue;
          const int neighbour = local[atom.neighbours[i]];
          if (row[neighbour] != 255) continue;
          row[neighbour] = static_cast<uint8_t>(row[queue[head]] + 1);
          queue[tail++] = static_cast<uint8_t>(neighbour);
        }
      }
    }
  }

  // One shortest path from the root to a vertex, over vertices below the root.
  struct Path {
    Bits vertices, bonds;  // without the root
    uint16_t members;      // how many such paths there are, up to `many`
  };

  // The families whose highest vertex is `root`.
  bool prototypes_from(int root) {
    Path paths[most_ring_atoms];
    uint8_t order[most_ring_atoms];
    int found = 0;
    for (int y = 0; y < root; ++y) {
      order[found++] = static_cast<uint8_t>(y);
      paths[y] = {Bits{}, Bits{}, 0};
    }
    std::sort(order, order + found,
              [&](int a, int b) { return distance[root][a] < distance[root][b]; });
    for (int next = 0; next < found; ++next) {
      const int y = order[next];
      Path &path = paths[y];
      const Atom &atom = graph.atoms[atoms[y]];
      int parents[most_neighbours], parent_bonds[most_neighbours], parent_count = 0;
      for (int i = 0; i < atom.degree; ++i) {
        const int bond = atom.bonds[i];
        if (!graph.bonds[bond].is_in_ring) continue;
        const int z = local[atom.neighbours[i]];
        if (z > root || distance[root][z] + 1 != distance[root][y]) continue;
        if (z != root && paths[z].members == 0) continue;
        parents[parent_count] = z;
        parent_bonds[parent_count++] = bond;
        if (path.members == 0) {
          if (z != root) path = paths[z];
          path.vertices.set(y);
          path.bonds.set(bond);
          path.members = 0;
        }
        path.members = static_cast<uint16_t>(
            std::min(path.members + (z == root ? 1 : paths[z].members), many));
      }
      if (parent_count == 0) continue;
      // Even cycles: two parents on disjoint paths.
      for (int a = 0; a < parent_count; ++a) {
        for (int b = a + 1; b < parent_count; ++b) {
          if (parents[a] == root || parents[b] == root) continue;
          Bits ends{};
          ends.set(parent_bonds[a]);
          ends.set(parent_bonds[b]);
          if (!add_prototype(paths[parents[a]], paths[parents[b]], ends)) return false;
        }
      }
      // Odd cycles: a neighbour at the same distance on a disjoint path, met before.
      for (int i = 0; i < atom.degree; ++i) {
        const int bond = atom.bonds[i];
        if (!graph.bonds[bond].is_in_ring) continue;
        const int z = local[atom.neighbours[i]];
        if (z >= root || distance[root][z] != distance[root][y]) continue;
        const bool was_met = std::find(order, order + next, z) != order + next;
        if (!was_met || paths[z].members == 0) continue;
        Bits ends{};
        ends.set(bond);
        if (!add_prototype(path, paths[z], ends)) return false;
      }
    }
    return true;
  }

  bool add_prototype(const Path &one, const Path &other, const Bits &ends) {
    if (!(one.vertices & other.vertices).is_empty()) return true;
    if (prototype_count == most_prototypes) return false;
    const Bits bonds = one.bonds | other.bonds | ends;
    prototypes[prototype_count++] = {bonds, static_cast<uint8_t>(bonds.count()),
                                     static_cast<uint16_t>(std::min(one.members * other.members, many))};
    return true;
  }

  // Keeps the prototypes that no shorter cycles add up to; they are the rings where their number is
  // that of a basis.
  bool select(int cycles) {
    std::sort(prototypes, prototypes + prototype_count,
              [](const Prototype &a, const Prototype &b) { return a.size < b.size; });
    Bits basis[most_prototypes];  // rows with distinct highest bonds
    int rank = 0, shorter_rank = 0, relevant = 0;
    int size = 0;
    for (int p = 0; p < prototype_count; ++p) {
      const Prototype &prototype = prototypes[p];
      if (prototype.size != size) {
        if (rank == cycles) break;  // everything longer is a sum of shorter ones
        size = prototype.size;
        shorter_rank = rank;
      }
      if (reduce(prototype.bonds, basis, shorter_rank).is_empty()) continue;
      relevant += prototype.members;
      if (!add_ring(prototype.bonds, prototype.size)) return false;
      const Bits rest = reduce(prototype.bonds, basis, rank);
      if (!rest.is_empty()) basis[rank++] = rest;
    }
    if (rank != cycles) return false;
    if (relevant != cycles) graph.rings_are_unique = false;
    return true;
  }

  static Bits reduce(Bits row, const Bits *basis, int rank) {
    // Each row of the basis was reduced by those before it, so one pass in order is enough.
    for (int i = 0; i < rank; ++i) {
      if (row.has(basis[i].highest())) row = row ^ basis[i];
    }
    return row;
  }
};

}  // namespace

bool find_rings(Graph &graph) {
  if (graph.bond_count < 1) return true;
  BridgeFinder(graph).run();
  Bits seen{};
  for (int atom = 0; atom < graph.atom_count; ++atom) {
    if (!graph.atoms[atom].is_in_ring || seen.has(atom)) continue;
    if (!CycleFinder(graph).run(atom, seen)) return false;
  }
  return true;
}

}  // namespace crdkit::quick
