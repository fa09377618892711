// Queries shared by the alerts and by the drug-likeness.
#ifndef CRDKIT_PATTERNS_H
#define CRDKIT_PATTERNS_H

#include "molecule.h"

#include <DataStructs/ExplicitBitVect.h>

namespace crdkit {

std::unique_ptr<RDKit::ROMol> parse_smarts(const std::string &smarts);

bool has_match(const RDKit::ROMol &mol, const RDKit::ROMol &query);

// What a molecule must hold for a pattern to match: RDKit's pattern fingerprint marks small pieces
// of the graph, and a pattern with a mark that the molecule lacks cannot match. Asking costs
// nanoseconds, a match some ten microseconds.
class Screen {
 public:
  explicit Screen(const RDKit::ROMol &graph);
  bool may_contain(const Screen &pattern) const;

 private:
  std::unique_ptr<ExplicitBitVect> marks;
};

// The molecule's marks; its lock must be held.
const Screen &marks_of(const crdkit_molecule &molecule);

}  // namespace crdkit

#endif
