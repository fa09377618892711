// The quick path's subset of SMILES. On anything outside it the answer is "not mine".
#include "quick_graph.h"

namespace crdkit::quick {

bool Graph::connect(int begin, int end, BondKind kind) {
  Atom &first = atoms[begin], &second = atoms[end];
  if (begin == end || bond_count == most_bonds) return false;
  if (first.degree == most_neighbours || second.degree == most_neighbours) return false;
  for (int i = 0; i < first.degree; ++i) {
    if (first.neighbours[i] == end) return false;
  }
  if (kind == unwritten) {
    kind = first.is_written_aromatic && second.is_written_aromatic ? aromatic : single;
  }
  const auto index = static_cast<uint8_t>(bond_count++);
  bonds[index] = {static_cast<uint8_t>(begin), static_cast<uint8_t>(end), kind, kind, false, false};
  first.neighbours[first.degree] = static_cast<uint8_t>(end);
  first.bonds[first.degree++] = index;
  second.neighbours[second.degree] = static_cast<uint8_t>(begin);
  second.bonds[second.degree++] = index;
  return true;
}

namespace {

class Parser {
 public:
  Parser(const char *text, size_t count, Graph &graph)
      : at(text), end(text + count), graph(graph) {}

  bool run() {
    while (at < end) {
      if (!step()) return false;
    }
    return last == Token::atom_or_closure && depth == 0 && open_rings == 0 &&
           pending == unwritten && graph.atom_count > 0;
  }

 private:
  // What may follow depends on what came before.
  enum class Token { start, atom_or_closure, bond, open, close };
  struct OpenRing {
    int16_t atom = -1;
    BondKind kind = unwritten;
  };
  static constexpr int most_depth = 64;

  const char *at, *end;
  Graph &graph;
  Token last = Token::start, before_bond = Token::start;
  int previous = -1;
  BondKind pending = unwritten;
  int depth = 0, branch_points[most_depth];
  int open_rings = 0;
  OpenRing rings[100];

  bool step() {
    const char c = *at;
    switch (c) {
      case '(': return open_branch();
      case ')': return close_branch();
      case '.': return dot();
      case '-': case '/': case '\\': return bond(single);
      case '=': return bond(twofold);
      case '#': return bond(threefold);
      case '[': return bracket();
      case '%': return two_digit_closure();
      default:
        if (c >= '0' && c <= '9') return ++at, closure(c - '0');
        return organic();
    }
  }

  bool open_branch() {
    if (last != Token::atom_or_closure && last != Token::close) return false;
    if (depth == most_depth) return false;
    branch_points[depth++] = previous;
    last = Token::open;
    return ++at, true;
  }

  bool close_branch() {
    if (depth == 0 || (last != Token::atom_or_closure && last != Token::close)) return false;
    previous = branch_points[--depth];
    last = Token::close;
    return ++at, true;
  }

  bool dot() {
    if (last != Token::atom_or_closure || depth != 0) return false;
    previous = -1;
    last = Token::start;
    return ++at, true;
  }

  bool bond(BondKind kind) {
    if (last == Token::start || last == Token::bond) return false;
    pending = kind;
    before_bond = last;
    last = Token::bond;
    return ++at, true;
  }

  bool two_digit_closure() {
    if (end - at < 3) return false;
    const char tens = at[1], ones = at[2];
    if (tens < '0' || tens > '9' || ones < '0' || ones > '9') return false;
    at += 3;
    return closure(10 * (tens - '0') + ones - '0');
  }

  bool closure(int number) {
    if (previous < 0 || (last != Token::atom_or_closure && last != Token::bond)) return false;
    // After a branch opens, a bond belongs to an atom; RDKit knows what "C(=1" would be.
    if (last == Token::bond && before_bond != Token::atom_or_closure) return false;
    OpenRing &ring = rings[number];
    if (ring.atom < 0) {
      ring = {static_cast<int16_t>(previous), pending};
      ++open_rings;
    } else {
      if (ring.kind != unwritten && pending != unwritten && ring.kind != pending) return false;
      if (!graph.connect(ring.atom, previous, ring.kind != unwritten ? ring.kind : pending)) {
        return false;
      }
      ring.atom = -1;
      --open_rings;
    }
    pending = unwritten;
    last = Token::atom_or_closure;
    return true;
  }

  bool add(Atom atom) {
    if (graph.atom_count == most_atoms) return false;
    const int index = graph.atom_count++;
    graph.atoms[index] = atom;
    if (previous >= 0 && !graph.connect(previous, index, pending)) return false;
    pending = unwritten;
    previous = index;
    last = Token::atom_or_closure;
    return true;
  }

  // An element's symbol at `at`, which moves on; 0 for what the quick path does not know.
  uint8_t symbol(bool is_bracketed, bool &is_aromatic) {
    const char c = *at++;
    const char next = at < end ? *at : '\0';
    is_aromatic = false;
    switch (c) {
      case 'C':
        if (next == 'l') return ++at, 17;
        return is_bracketed && next >= 'a' && next <= 'z' ? 0 : 6;
      case 'B':
        if (next == 'r') return ++at, 35;
        return is_bracketed && next >= 'a' && next <= 'z' ? 0 : 5;
      case 'S':
        if (is_bracketed && next == 'i') return ++at, 14;
        return is_bracketed && next >= 'a' && next <= 'z' ? 0 : 16;
      case 'N': return is_bracketed && next >= 'a' && next <= 'z' ? 0 : 7;
      case 'O': return is_bracketed && next >= 'a' && next <= 'z' ? 0 : 8;
      case 'F': return is_bracketed && next >= 'a' && next <= 'z' ? 0 : 9;
      case 'P': return is_bracketed && next >= 'a' && next <= 'z' ? 0 : 15;
      case 'I': return is_bracketed && next >= 'a' && next <= 'z' ? 0 : 53;
      case 'c': is_aromatic = true; return 6;
      case 'n': is_aromatic = true; return 7;
      case 'o': is_aromatic = true; return 8;
      case 's':
        is_aromatic = true;
        return is_bracketed && next >= 'a' && next <= 'z' ? 0 : 16;
      default: return 0;
    }
  }

  bool organic() {
    Atom atom{};
    atom.element = symbol(false, atom.is_written_aromatic);
    return atom.element != 0 && add(atom);
  }

  bool bracket() {
    ++at;
    if (at == end) return false;
    Atom atom{};
    atom.is_bracketed = true;
    atom.element = symbol(true, atom.is_written_aromatic);
    if (atom.element == 0) return false;
    for (int marks = 0; at < end && *at == '@'; ++at) {
      if (++marks > 2) return false;
    }
    if (at < end && *at == 'H') {
      ++at;
      atom.hydrogens = 1;
      if (at < end && *at >= '0' && *at <= '9') atom.hydrogens = static_cast<uint8_t>(*at++ - '0');
    }
    if (at < end && (*at == '+' || *at == '-')) atom.charge = *at++ == '+' ? 1 : -1;
    if (at == end || *at != ']') return false;
    return ++at, add(atom);
  }
};

}  // namespace

bool parse(const char *text, size_t count, Graph &graph) {
  graph.atom_count = graph.bond_count = graph.ring_count = 0;
  graph.rings_are_unique = true;
  return Parser(text, count, graph).run();
}

}  // namespace crdkit::quick
