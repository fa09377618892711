// The inside of recursive SMARTS, for whoever walks a query.
#ifndef CRDKIT_SCREEN_QUERY_H
#define CRDKIT_SCREEN_QUERY_H

#include "molecule.h"

#include <GraphMol/QueryAtom.h>

namespace crdkit {

// The pattern inside `$(…)`; null where the query is something else or the pattern is empty.
const RDKit::ROMol *recursive_part(const RDKit::QueryAtom::QUERYATOM_QUERY &query);

}  // namespace crdkit

#endif
