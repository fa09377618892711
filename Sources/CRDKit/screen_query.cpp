// Screen graphs of queries: what an atom's or a bond's query implies for everything it matches.
//
// RDKit's own pattern fingerprint of a query takes the element that the parser left in the atom and
// hides a true match now and then: `[$(CC)C]-O` is marked as a dummy atom next to oxygen. Here a
// mark is only made of what the query's own tree implies, and what a recursive part implies counts
// too.
#include "screen_graph.h"

#include "molecule.h"
#include "screen_query.h"

#include <GraphMol/QueryAtom.h>
#include <GraphMol/QueryBond.h>
#include <GraphMol/QueryOps.h>

#include <string>

namespace crdkit {

namespace {

using AtomQuery = RDKit::QueryAtom::QUERYATOM_QUERY;
using BondQuery = RDKit::QueryBond::QUERYBOND_QUERY;

constexpr int16_t unknown = ScreenGraph::unknown;

// What is true of every atom that a query matches.
struct AtomFacts {
  int16_t element = unknown;
  bool is_aliphatic = false;

  // Both are true.
  void add(const AtomFacts &other) {
    if (element == unknown) element = other.element;
    is_aliphatic |= other.is_aliphatic;
  }
  // One of them is true.
  void weaken(const AtomFacts &other) {
    if (element != other.element) element = unknown;
    is_aliphatic &= other.is_aliphatic;
  }
};

AtomFacts facts_of(const AtomQuery &query) {
  const std::string &kind = query.getDescription();
  if (query.getNegation()) {
    AtomFacts facts;
    facts.is_aliphatic = kind == "AtomIsAromatic";
    return facts;
  }
  AtomFacts facts;
  if (kind == "AtomAtomicNum" || kind == "AtomType") {
    const int value = static_cast<const RDKit::ATOM_EQUALS_QUERY &>(query).getVal();
    facts.element = static_cast<int16_t>(
        kind == "AtomType" ? RDKit::getAtomTypeAtomicNum(value) : value);
    facts.is_aliphatic = kind == "AtomType" && !RDKit::getAtomTypeIsAromatic(value);
  } else if (kind == "AtomIsAliphatic") {
    facts.is_aliphatic = true;
  } else if (kind == "AtomAnd") {
    for (auto child = query.beginChildren(); child != query.endChildren(); ++child) {
      facts.add(facts_of(**child));
    }
  } else if (kind == "AtomOr" && query.beginChildren() != query.endChildren()) {
    // Trees of `[C,N,…]` are as deep as the list is long: each child is looked at once.
    auto child = query.beginChildren();
    facts = facts_of(**child);
    for (++child; child != query.endChildren(); ++child) facts.weaken(facts_of(**child));
  } else if (const RDKit::ROMol *inner = recursive_part(query)) {
    // The atom itself is the first one of the part, unless the part names another.
    const RDKit::Atom *root = inner->getAtomWithIdx(0);
    if (root->hasQuery() && !inner->hasProp(RDKit::common_properties::_queryRootAtom)) {
      facts = facts_of(*root->getQuery());
    }
  }
  return facts;
}

// What is true of every bond that a query matches.
struct BondFacts {
  int16_t type = unknown;
  bool is_in_ring = false;
  bool is_single_or_aromatic = false;

  void add(const BondFacts &other) {
    if (type == unknown) type = other.type;
    is_in_ring |= other.is_in_ring;
    is_single_or_aromatic |= other.is_single_or_aromatic;
  }
  void weaken(const BondFacts &other) {
    if (type != other.type) type = unknown;
    is_in_ring &= other.is_in_ring;
    is_single_or_aromatic &= other.is_single_or_aromatic;
  }
};

BondFacts facts_of(const BondQuery &query) {
  BondFacts facts;
  if (query.getNegation()) return facts;
  const std::string &kind = query.getDescription();
  if (kind == "BondOrder") {
    facts.type = static_cast<int16_t>(
        static_cast<const RDKit::BOND_EQUALS_QUERY &>(query).getVal());
    facts.is_single_or_aromatic =
        facts.type == RDKit::Bond::SINGLE || facts.type == RDKit::Bond::AROMATIC;
  } else if (kind == "SingleOrAromaticBond") {
    facts.is_single_or_aromatic = true;
  } else if (kind == "BondInRing") {
    facts.is_in_ring = true;
  } else if (kind == "BondAnd") {
    for (auto child = query.beginChildren(); child != query.endChildren(); ++child) {
      facts.add(facts_of(**child));
    }
  } else if (kind == "BondOr" && query.beginChildren() != query.endChildren()) {
    auto child = query.beginChildren();
    facts = facts_of(**child);
    for (++child; child != query.endChildren(); ++child) facts.weaken(facts_of(**child));
  }
  return facts;
}

}  // namespace

const RDKit::ROMol *recursive_part(const AtomQuery &query) {
  const auto *recursive = dynamic_cast<const RDKit::RecursiveStructureQuery *>(&query);
  if (!recursive || !recursive->getQueryMol()) return nullptr;
  const RDKit::ROMol *part = recursive->getQueryMol();
  return part->getNumAtoms() > 0 ? part : nullptr;
}

ScreenGraph graph_of_query(const RDKit::ROMol &query) {
  ScreenGraph graph;
  std::vector<AtomFacts> facts;
  for (const auto atom : query.atoms()) {
    AtomFacts known;
    if (atom->hasQuery()) {
      known = facts_of(*atom->getQuery());
    } else {
      known.element = static_cast<int16_t>(atom->getAtomicNum());
    }
    facts.push_back(known);
    graph.atoms.push_back({known.element, false});
  }
  for (const auto bond : query.bonds()) {
    const uint32_t begin = bond->getBeginAtomIdx(), end = bond->getEndAtomIdx();
    BondFacts known;
    if (bond->hasQuery()) known = facts_of(*bond->getQuery());
    // Both ends of an aromatic bond are aromatic.
    const bool is_aliphatic = facts[begin].is_aliphatic || facts[end].is_aliphatic;
    if (known.type == unknown && known.is_single_or_aromatic && is_aliphatic) {
      known.type = RDKit::Bond::SINGLE;
    }
    // A triple bond of an aromatic ring is marked as an aromatic one.
    if (known.type == RDKit::Bond::TRIPLE && !is_aliphatic) known.type = unknown;
    graph.bonds.push_back(
        {begin, end, known.type, known.is_in_ring, known.is_single_or_aromatic});
  }
  graph.connect();
  graph.mark_rings();
  return graph;
}

}  // namespace crdkit
