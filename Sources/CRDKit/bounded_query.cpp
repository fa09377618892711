// Counters inside a query's atoms.
#include "bounded_query.h"

#include "screen_query.h"

#include <GraphMol/QueryAtom.h>
#include <GraphMol/QueryBond.h>

namespace crdkit {

namespace {

using AtomQuery = RDKit::QueryAtom::QUERYATOM_QUERY;

// An atom's query behind a counter. RDKit's matcher walks a query's children to find its recursive
// parts, so the query counted is its only child.
class CountedQuery : public AtomQuery {
 public:
  CountedQuery(AtomQuery *counted, Steps &steps, uint64_t weight) : steps(steps), weight(weight) {
    setDescription("Counted");
    addChild(CHILD_TYPE(counted));
  }

  bool Match(const RDKit::Atom *const what) const override {
    return steps.take(weight) && (*beginChildren())->Match(what);
  }

  AtomQuery *copy() const override {
    return new CountedQuery((*beginChildren())->copy(), steps, weight);
  }

 private:
  Steps &steps;
  const uint64_t weight;
};

// How many parts a query's tree has. Recursive parts count as one: they are matched once for each
// molecule, with counters of their own, and then looked up.
template <typename Query>
uint64_t parts_of(const Query &query) {
  uint64_t parts = 1;
  for (auto child = query.beginChildren(); child != query.endChildren(); ++child) {
    parts += parts_of(**child);
  }
  return parts;
}

template <typename Visit>
void visit_recursive_parts(const AtomQuery &query, const Visit &visit) {
  if (const RDKit::ROMol *part = recursive_part(query)) visit(*part);
  for (auto child = query.beginChildren(); child != query.endChildren(); ++child) {
    visit_recursive_parts(**child, visit);
  }
}

void put_counters(RDKit::ROMol &query, Steps &steps) {
  for (const auto atom : query.atoms()) {
    if (!atom->hasQuery()) continue;
    // The matcher compares bonds only after their atoms, so the atom pays for its bonds.
    uint64_t weight = parts_of(*atom->getQuery());
    for (const auto bond : query.atomBonds(atom)) {
      if (bond->hasQuery()) weight += parts_of(*bond->getQuery());
    }
    auto *counted = new CountedQuery(atom->getQuery()->copy(), steps, weight);
    atom->setQuery(counted);
    visit_recursive_parts(*counted, [&](const RDKit::ROMol &part) {
      // The query owns its parts and nobody else has seen them yet.
      put_counters(const_cast<RDKit::ROMol &>(part), steps);
    });
  }
}

}  // namespace

size_t count_atoms(const RDKit::ROMol &query) {
  size_t count = query.getNumAtoms();
  for (const auto atom : query.atoms()) {
    if (!atom->hasQuery()) continue;
    visit_recursive_parts(*atom->getQuery(),
                          [&](const RDKit::ROMol &part) { count += count_atoms(part); });
  }
  return count;
}

BoundedQuery::BoundedQuery(std::unique_ptr<RDKit::ROMol> given)
    : query(std::move(given)), steps(std::make_unique<Steps>()), atom_count(count_atoms(*query)) {
  put_counters(*query, *steps);
}

std::vector<RDKit::MatchVectType> BoundedQuery::match(const RDKit::ROMol &mol, uint32_t most,
                                                      uint64_t most_steps, bool &is_complete) {
  // Between two questions the matcher runs over atoms of both graphs, some 64 of them in the time
  // of one question.
  steps->begin(most_steps, 1 + (atom_count + mol.getNumAtoms()) / 64);
  RDKit::SubstructMatchParameters parameters;
  parameters.maxMatches = most;
  // A match is copied: it costs its atoms.
  parameters.extraFinalCheck = [&](const RDKit::ROMol &, const std::vector<unsigned int> &atoms) {
    return steps->take(atoms.size());
  };
  auto found = RDKit::SubstructMatch(mol, *query, parameters);
  is_complete = !steps->are_exhausted();
  return found;
}

}  // namespace crdkit
