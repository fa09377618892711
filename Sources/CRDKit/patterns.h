// Queries shared by the alerts, by the drug-likeness and by the substructure search.
#ifndef CRDKIT_PATTERNS_H
#define CRDKIT_PATTERNS_H

#include "molecule.h"
#include "screen_marks.h"

namespace crdkit {

std::unique_ptr<RDKit::ROMol> parse_smarts(const std::string &smarts);

bool has_match(const RDKit::ROMol &mol, const RDKit::ROMol &query);

// What a molecule must hold for a pattern to match. A pattern with a mark that the molecule lacks
// cannot match: asking costs nanoseconds, a match some ten microseconds.
Marks marks_of_query(const RDKit::ROMol &query, uint32_t width);
Marks marks_of_molecule(const RDKit::ROMol &mol, uint32_t width);

// The width at which alerts are screened.
constexpr uint32_t screen_width = 2048;

// The molecule's marks at that width; its lock must be held.
const Marks &marks_of(const crdkit_molecule &molecule);

}  // namespace crdkit

#endif
