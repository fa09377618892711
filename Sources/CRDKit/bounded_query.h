// A query whose search counts its steps and gives up after so many.
#ifndef CRDKIT_BOUNDED_QUERY_H
#define CRDKIT_BOUNDED_QUERY_H

#include "molecule.h"

#include <GraphMol/Substruct/SubstructMatch.h>

#include <vector>

namespace crdkit {

// RDKit's matcher (VF2) cannot be interrupted and has no hook. But it asks the query's atoms about
// every pair of atoms that it tries, so the atoms themselves can count: once the bound is reached
// they answer no to everything and the search falls back to its root, in time proportional to its
// depth. The count depends on nothing but the two graphs, so neither does what is given up.
class Steps {
 public:
  // A new search; `unit` is what each question costs beside its own query.
  void begin(uint64_t most, uint64_t unit) {
    left = most;
    this->unit = unit;
    is_exhausted = false;
  }

  // Counts a question about a query of `weight` parts; false when the bound is reached.
  bool take(uint64_t weight) {
    const uint64_t cost = weight + unit;
    if (cost > left) {
      left = 0;
      is_exhausted = true;
    }
    if (is_exhausted) return false;
    left -= cost;
    return true;
  }

  bool are_exhausted() const { return is_exhausted; }

 private:
  uint64_t left = 0, unit = 0;
  bool is_exhausted = false;
};

class BoundedQuery {
 public:
  // Takes over a query and puts counters into its atoms, those of recursive parts included.
  explicit BoundedQuery(std::unique_ptr<RDKit::ROMol> query);

  const RDKit::ROMol &mol() const { return *query; }

  // The matches, at most `most` before those on the same atoms are merged. When the steps ran out
  // these are the ones found until then, and `is_complete` is false.
  std::vector<RDKit::MatchVectType> match(const RDKit::ROMol &mol, uint32_t most,
                                          uint64_t most_steps, bool &is_complete);

 private:
  std::unique_ptr<RDKit::ROMol> query;
  std::unique_ptr<Steps> steps;  // the atoms point at it
  size_t atom_count = 0;         // those of recursive parts included
};

// How many atoms a query has, those of recursive parts included.
size_t count_atoms(const RDKit::ROMol &query);

}  // namespace crdkit

#endif
