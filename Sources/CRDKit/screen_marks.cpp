// RDKit's pattern fingerprint, without its substructure matcher.
//
// Thirteen small pieces, up to eight atoms each, are laid on the graph in every way. Each way sets
// a mark made of the piece's number, its elements and its bond types; and there is a mark for the
// first way, for the second, and so on, so that a molecule with two of a piece is told from one
// with one. Whatever a query holds all its matches hold: a molecule that lacks a mark cannot match.
//
// The bits are RDKit's (PatternFingerprints.cpp, Landrum 2013), at about a fifteenth of the time.
#include "screen_marks.h"

#include <array>
#include <algorithm>

namespace crdkit {

void Marks::fill() {
  for (uint32_t bit = 0; bit < width; ++bit) words[bit >> 6] |= uint64_t(1) << (bit & 63);
}

bool Marks::contain(const Marks &others) const {
  for (size_t word = 0; word < words.size(); ++word) {
    if (others.words[word] & ~words[word]) return false;
  }
  return true;
}

namespace {

constexpr int most_steps = 8;

// One atom of a piece and the bond by which it hangs on an earlier one.
struct Step {
  int8_t parent = -1;
  bool atom_in_ring = false;
  bool bond_in_ring = false;
  bool is_single_or_aromatic = false;
};

struct Piece {
  int count;
  bool closes;  // whether a bond leads from the last atom to the first
  std::array<Step, most_steps> steps;
};

constexpr Step any(int parent) { return {static_cast<int8_t>(parent), false, false, false}; }
constexpr Step ring(int parent) { return {static_cast<int8_t>(parent), true, false, false}; }
constexpr Step fused(int parent) { return {static_cast<int8_t>(parent), true, true, false}; }

// In RDKit's order, which is part of every mark. In SMARTS:
constexpr std::array<Piece, 13> pieces = {{
    {2, false, {any(-1), any(0)}},                                // *~*
    {3, false, {any(-1), any(0), any(1)}},                        // *~*~*
    {3, true, {ring(-1), ring(0), ring(1)}},                      // [R]~1~[R]~[R]~1
    {4, false, {any(-1), any(0), any(1), any(1)}},                // *~*(~*)~*
    {4, true, {ring(-1), Step{0, true, false, true}, ring(1), ring(2)}},  // [R]~1[R]~[R]~[R]~1
    {5, false, {any(-1), any(0), any(1), any(2), any(2)}},        // *~*~*(~*)~*
    {5, true, {ring(-1), ring(0), ring(1), ring(2), ring(3)}},    // [R]~1~[R]~[R]~[R]~[R]~1
    {6, true, {ring(-1), ring(0), ring(1), ring(2), ring(3), ring(4)}},
    // [R](@[R])(@[R])~[R]~[R](@[R])(@[R])
    {7, false, {ring(-1), fused(0), fused(0), ring(0), ring(3), fused(4), fused(4)}},
    // [R](@[R])(@[R])~[R]@[R]~[R](@[R])(@[R])
    {8, false, {ring(-1), fused(0), fused(0), ring(0), fused(3), ring(4), fused(5), fused(5)}},
    // *~[R](@[R])@[R](@[R])~*
    {6, false, {any(-1), ring(0), fused(1), fused(1), fused(3), any(3)}},
    // *~[R](@[R])@[R]@[R](@[R])~*
    {7, false, {any(-1), ring(0), fused(1), fused(1), fused(3), fused(4), any(4)}},
    {1, false, {any(-1)}},                                        // *
}};

// RDKit's copy of Boost's hash_combine, on 32 bits.
inline void combine(uint32_t &seed, uint32_t value) {
  seed ^= value + 0x9e3779b9u + (seed << 6) + (seed >> 2);
}

// Lays one piece on the graph in every way.
template <int number>
class Layer {
 public:
  Layer(const ScreenGraph &graph, Marks &marks, uint64_t most)
      : graph(graph), marks(marks), most(most) {}

  // How many ways there are; more than the bound means that not all were tried.
  uint64_t run() {
    for (uint32_t root = 0; root < graph.atoms.size() && ways <= most; ++root) {
      const ScreenGraph::Atom &atom = graph.atoms[root];
      if (piece.steps[0].atom_in_ring && !atom.is_in_ring) continue;
      laid[0] = root;
      uint32_t hash = number + 1;
      combine(hash, static_cast<uint32_t>(atom.element));
      place<1>(hash, atom.element != ScreenGraph::unknown);
    }
    return ways;
  }

 private:
  static constexpr const Piece &piece = pieces[number];

  const ScreenGraph &graph;
  Marks &marks;
  const uint64_t most;
  uint64_t ways = 0;
  uint32_t laid[most_steps];
  int16_t types[most_steps + 1];

  template <int at>
  void place(uint32_t hash, bool is_known) {
    if constexpr (at == piece.count) {
      finish(hash, is_known);
    } else {
      constexpr Step step = piece.steps[at];
      const uint32_t parent = laid[step.parent];
      for (uint32_t e = graph.first[parent]; e < graph.first[parent + 1]; ++e) {
        const auto [atom, index] = graph.edges[e];
        if (step.atom_in_ring && !graph.atoms[atom].is_in_ring) continue;
        const ScreenGraph::Bond &bond = graph.bonds[index];
        if (step.bond_in_ring && !bond.is_in_ring) continue;
        if (step.is_single_or_aromatic && !bond.is_single_or_aromatic) continue;
        if (std::find(laid, laid + at, atom) != laid + at) continue;
        laid[at] = atom;
        types[at - 1] = bond.type;
        const int16_t element = graph.atoms[atom].element;
        uint32_t longer = hash;
        combine(longer, static_cast<uint32_t>(element));
        place<at + 1>(longer, is_known && element != ScreenGraph::unknown &&
                                  bond.type != ScreenGraph::unknown);
        if (ways > most) return;
      }
    }
  }

  void finish(uint32_t hash, bool is_known) {
    constexpr int bonds = piece.count - 1 + (piece.closes ? 1 : 0);
    if constexpr (piece.closes) {
      const uint32_t last = laid[piece.count - 1];
      const auto *begin = graph.edges.data() + graph.first[last];
      const auto *end = graph.edges.data() + graph.first[last + 1];
      const auto *found = std::find_if(
          begin, end, [&](const ScreenGraph::Edge &edge) { return edge.neighbour == laid[0]; });
      if (found == end) return;
      types[bonds - 1] = graph.bonds[found->bond].type;
      is_known = is_known && types[bonds - 1] != ScreenGraph::unknown;
    }
    ++ways;
    if (!is_known) return;
    for (int bond = 0; bond < bonds; ++bond) combine(hash, static_cast<uint32_t>(types[bond]));
    marks.set(hash);
  }
};

template <int number>
bool lay(const ScreenGraph &graph, Marks &marks, uint64_t &left) {
  const uint64_t ways = Layer<number>(graph, marks, left).run();
  const uint64_t counted = std::min(ways, left);
  // A mark for the first way, for the second, and so on.
  constexpr Piece piece = pieces[number];
  uint32_t hash = number + 1 + piece.count + (piece.count - 1 + (piece.closes ? 1 : 0));
  for (uint64_t way = 0; way < counted; ++way) {
    combine(hash, 0xBEEF);
    marks.set(hash);
  }
  if (ways > left) return false;
  left -= ways;
  if constexpr (number + 1 < static_cast<int>(pieces.size())) {
    return lay<number + 1>(graph, marks, left);
  }
  return true;
}

}  // namespace

void set_marks(const ScreenGraph &graph, Side side, Marks &marks) {
  // A drug has some thousand ways, a fullerene 20,000, a hostile cage billions.
  uint64_t left = 2'000'000;
  if (!lay<0>(graph, marks, left) && side == Side::molecule) marks.fill();
}

}  // namespace crdkit
