// Which molecules a pattern can be ruled out for before it is matched.
#include "crdkit_substructure.h"

#include "parse.h"
#include "patterns.h"
#include "quick_graph.h"
#include "screen_query.h"

#include <DataStructs/ExplicitBitVect.h>
#include <GraphMol/Fingerprints/Fingerprints.h>

#include <algorithm>

using crdkit::Marks;
using crdkit::Refusal;
using crdkit::guarded;

namespace crdkit {

// Ors of what each part implies, ands where one of several parts is enough.
static Marks marks_implied(const RDKit::QueryAtom::QUERYATOM_QUERY &query, uint32_t width) {
  Marks marks(width);
  if (query.getNegation()) return marks;
  if (const RDKit::ROMol *part = recursive_part(query)) return marks_of_query(*part, width);
  const std::string &kind = query.getDescription();
  const bool is_choice = kind == "AtomOr";
  if (!is_choice && kind != "AtomAnd") return marks;
  for (auto child = query.beginChildren(); child != query.endChildren(); ++child) {
    const Marks others = marks_implied(**child, width);
    for (size_t word = 0; word < marks.words.size(); ++word) {
      if (is_choice && child != query.beginChildren()) {
        marks.words[word] &= others.words[word];
      } else {
        marks.words[word] |= others.words[word];
      }
    }
  }
  return marks;
}

Marks marks_of_query(const RDKit::ROMol &query, uint32_t width) {
  Marks marks(width);
  set_marks(graph_of_query(query), Side::query, marks);
  for (const auto atom : query.atoms()) {
    if (!atom->hasQuery()) continue;
    const Marks implied = marks_implied(*atom->getQuery(), width);
    for (size_t word = 0; word < marks.words.size(); ++word) {
      marks.words[word] |= implied.words[word];
    }
  }
  return marks;
}

Marks marks_of_molecule(const RDKit::ROMol &mol, uint32_t width) {
  Marks marks(width);
  set_marks(graph_of_molecule(mol), Side::molecule, marks);
  return marks;
}

const Marks &marks_of(const crdkit_molecule &molecule) {
  if (!molecule.marks) {
    molecule.marks = std::make_unique<Marks>(marks_of_molecule(*molecule.mol, screen_width));
  }
  return *molecule.marks;
}

}  // namespace crdkit

// Here, where Marks is a whole type.
crdkit_molecule::crdkit_molecule(std::unique_ptr<RDKit::RWMol> mol) : mol(std::move(mol)) {}
crdkit_molecule::~crdkit_molecule() = default;

static void check_width(uint32_t bits, size_t word_count) {
  if (bits == 0 || (bits + uint64_t(63)) / 64 != word_count) {
    throw Refusal{CRDKIT_FAILED, "the buffer has another width than the fingerprint"};
  }
}

extern "C" crdkit_status crdkit_pattern_fingerprint(const crdkit_molecule *molecule, uint32_t bits,
                                                    uint64_t *words, size_t word_count,
                                                    crdkit_failure *failure) {
  return guarded(molecule, failure, [&](RDKit::RWMol &mol) {
    check_width(bits, word_count);
    const Marks marks = crdkit::marks_of_molecule(mol, bits);
    std::copy(marks.words.begin(), marks.words.end(), words);
  });
}

extern "C" crdkit_status crdkit_rdkit_pattern_fingerprint(const crdkit_molecule *molecule,
                                                          uint32_t bits, uint64_t *words,
                                                          size_t word_count,
                                                          crdkit_failure *failure) {
  return guarded(molecule, failure, [&](RDKit::RWMol &mol) {
    check_width(bits, word_count);
    const std::unique_ptr<ExplicitBitVect> marks(RDKit::PatternFingerprintMol(mol, bits));
    crdkit::write(*marks, words, word_count);
  });
}

// The quick path's graph in the screen's terms.
static crdkit::ScreenGraph graph_of(const crdkit::quick::Graph &quick) {
  crdkit::ScreenGraph graph;
  graph.atoms.reserve(quick.atom_count);
  graph.bonds.reserve(quick.bond_count);
  for (int atom = 0; atom < quick.atom_count; ++atom) {
    graph.atoms.push_back({quick.atoms[atom].element, quick.atoms[atom].is_in_ring});
  }
  for (int index = 0; index < quick.bond_count; ++index) {
    const auto &bond = quick.bonds[index];
    const auto type = bond.is_aromatic ? crdkit::quick::aromatic : bond.order;
    const bool is_aromatic_type = bond.is_aromatic && bond.order != crdkit::quick::threefold;
    graph.bonds.push_back({bond.begin, bond.end, static_cast<int16_t>(type), bond.is_in_ring,
                           is_aromatic_type || type == crdkit::quick::single});
  }
  graph.connect();
  return graph;
}

extern "C" crdkit_status crdkit_smiles_to_pattern_fingerprint(
    const char *bytes, size_t count, crdkit_limits limits, uint32_t bits, uint64_t *words,
    size_t word_count, crdkit_failure *failure) {
  return guarded(failure, [&] {
    using namespace crdkit::quick;
    check_width(bits, word_count);
    Marks marks(bits);
    Graph graph;
    if (parse(bytes, count, graph) && find_rings(graph) && find_kekule_form(graph) &&
        find_aromaticity(graph) && static_cast<uint32_t>(graph.atom_count) <= limits.atoms &&
        static_cast<uint32_t>(graph.ring_count) <= limits.rings) {
      set_marks(graph_of(graph), crdkit::Side::molecule, marks);
    } else {
      const auto mol = crdkit::parse_graph(std::string(bytes, count), limits, false);
      set_marks(crdkit::graph_of_molecule(*mol), crdkit::Side::molecule, marks);
    }
    std::copy(marks.words.begin(), marks.words.end(), words);
  });
}
