/// How far around its atoms a molecule has the circular environments of a fingerprint.
#ifndef CRDKIT_ENVIRONMENTS_H
#define CRDKIT_ENVIRONMENTS_H

#include "crdkit_core.h"

#ifdef __cplusplus
extern "C" {
#endif

/// Writes for every atom the greatest radius of the Morgan environments that hold it and whose bit
/// `words` has; 0 where there is none but the atom alone. `words` holds `bits` bits; `radii` has room
/// for every atom.
crdkit_status crdkit_shared_radii(const crdkit_molecule *molecule, uint32_t radius, uint32_t bits,
                                  const uint64_t *words, size_t word_count, uint8_t *radii,
                                  size_t atom_count, crdkit_failure *failure);

#ifdef __cplusplus
}
#endif

#endif
