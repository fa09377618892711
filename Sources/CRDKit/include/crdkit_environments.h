/// Which atoms of a molecule stand in circular environments that a fingerprint has too.
#ifndef CRDKIT_ENVIRONMENTS_H
#define CRDKIT_ENVIRONMENTS_H

#include "crdkit_core.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Writes 1 for every atom in a Morgan environment of at least one bond whose bit `words` has, else 0.
/// `words` holds `bits` bits; `shared` has room for every atom.
crdkit_status crdkit_shared_atoms(const crdkit_molecule *molecule, uint32_t radius, uint32_t bits,
                                  const uint64_t *words, size_t word_count, uint8_t *shared,
                                  size_t atom_count, crdkit_failure *failure);

#ifdef __cplusplus
}
#endif

#endif
